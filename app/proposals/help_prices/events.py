"""What can have happened to a help price."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class HelpPriceSet(Event):
    """A clerk has written down what a thing usually costs, for the first time or anew."""

    neighborhood_id: int
    price_id: int
    label: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class HelpPriceRemoved(Event):
    """A price stands on the list no more."""

    neighborhood_id: int
    price_id: int
    label: str
