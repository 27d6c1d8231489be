"""What can have happened to a sum of paper that does not agree."""

from dataclasses import dataclass

from app.core.events import Event
from app.voting.paper.rules import Sum


@dataclass(frozen=True, kw_only=True)
class DifferenceExplained(Event):
    """Two members of the board agreed on how many are missing in one sum of one box, and on the reason."""

    cycle_id: int
    number: int
    box_id: int
    sum: Sum
    expected: int
    found: int
    reason: str
    requester_id: int
