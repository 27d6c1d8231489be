"""What can have happened to an objection to a price."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.proposals.prices.rules import Outcome


@dataclass(frozen=True, kw_only=True)
class PriceObjected(Event):
    """A resident objected to a published price."""

    objection_id: int
    proposal_id: int
    cycle_id: int
    costing_id: int
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class PriceObjectionAnswered(Event):
    """An officer kept the price, or has changed it by a new costing."""

    objection_id: int
    proposal_id: int
    cycle_id: int
    person_id: int
    outcome: Outcome
    new_costing_id: int | None
    answer: str = free_text()
