"""What can have happened about the council's word."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CouncilConfirmed(Event):
    """A clerk recorded that the council has confirmed the list of options with this hash."""

    cycle_id: int
    confirmation_id: int
    list_hash: str
    confirmed_by: str
    decided_on: str
    reference: str
