"""What can have happened to a seat."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event
from app.taskforces.seats.rules import SeatKind, Side


@dataclass(frozen=True, kw_only=True)
class SeatFilled(Event):
    """Somebody accepted a seat in a task force: here, or on paper as a clerk attests."""

    seat_id: int
    offer_id: int
    task_force_id: int
    kind: SeatKind
    side: Side
    person_id: int
    organization_id: int
    starts_on: date
    ends_on: date | None
    on_paper: bool


@dataclass(frozen=True, kw_only=True)
class SeatEnded(Event):
    """Somebody's term in a task force ends on a day."""

    seat_id: int
    task_force_id: int
    ends_on: date
