"""What can have happened to an offer of a seat; an accepted one is told by `SeatFilled`."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event
from app.taskforces.seats.rules import SeatKind, Side


@dataclass(frozen=True, kw_only=True)
class SeatOffered(Event):
    """A seat was offered to whoever an organization has nominated."""

    offer_id: int
    task_force_id: int
    kind: SeatKind
    side: Side
    person_id: int
    organization_id: int
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class SeatDeclined(Event):
    """They said no."""

    offer_id: int
    task_force_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class SeatOfferTakenBack(Event):
    """A clerk no longer offers the seat."""

    offer_id: int
    task_force_id: int
    person_id: int
