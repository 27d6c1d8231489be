"""What can have happened to a nomination; never who was named."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.taskforces.seats.rules import SeatKind, Side


@dataclass(frozen=True, kw_only=True)
class SeatNominated(Event):
    """A co-chair has named somebody for a seat of their side."""

    nomination_id: int
    task_force_id: int
    kind: SeatKind
    side: Side
    organization_id: int | None


@dataclass(frozen=True, kw_only=True)
class NominationFollowed(Event):
    """A clerk has offered the seat to whoever was named."""

    nomination_id: int
    task_force_id: int
    offer_id: int


@dataclass(frozen=True, kw_only=True)
class NominationRefused(Event):
    """A clerk does not offer the seat, and says why."""

    nomination_id: int
    task_force_id: int
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class NominationClosed(Event):
    """Its task force is dissolved, so there is no seat to offer any more."""

    nomination_id: int
    task_force_id: int


@dataclass(frozen=True, kw_only=True)
class NominationTakenBack(Event):
    """The side that had named somebody does not want to any more."""

    nomination_id: int
    task_force_id: int
