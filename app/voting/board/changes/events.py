"""What can have happened to a board while its vote is under way."""

from dataclasses import dataclass

from app.core.events import Event
from app.voting.board.rules import Part


@dataclass(frozen=True, kw_only=True)
class MemberReplaced(Event):
    """A member left the board and another came in their place, or nobody; the public reason."""

    cycle_id: int
    number: int
    part: Part
    leaver_id: int
    joiner_id: int | None
    reason: str
    requester_id: int
