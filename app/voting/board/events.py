"""What can have happened on the board of a vote."""

from dataclasses import dataclass

from app.core.events import Event
from app.voting.board.rules import ActKind, Ending, WhyNot


@dataclass(frozen=True, kw_only=True)
class BoardNamed(Event):
    """A clerk settled who runs and who observes a vote, how long objections are heard and how many keys it takes."""

    cycle_id: int
    running: tuple[int, ...]
    observing: tuple[int, ...]
    objection_days: int


@dataclass(frozen=True, kw_only=True)
class ActRequested(Event):
    """A member asked the board for an act; ids and hash in hex."""

    cycle_id: int
    action_id: str
    kind: ActKind
    payload_hash: str


@dataclass(frozen=True, kw_only=True)
class ActApproved(Event):
    """A second member agreed, and the act happened with this entry."""

    cycle_id: int
    action_id: str
    kind: ActKind
    payload_hash: str
    requester_id: int


@dataclass(frozen=True, kw_only=True)
class ActEnded(Event):
    """A request ended without its act: declined, withdrawn or expired."""

    cycle_id: int
    action_id: str
    kind: ActKind
    ending: Ending


@dataclass(frozen=True, kw_only=True)
class ActRefused(Event):
    """Somebody tried to ask for an act or to approve one, and may not."""

    cycle_id: int
    action_id: str | None
    kind: ActKind
    reason: WhyNot
