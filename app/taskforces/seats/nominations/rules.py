"""How a nomination ends, how many may wait, and who may make one: pure."""

from enum import StrEnum

MOST_WAITING = 10
"""So many nominations of one side of a task force wait at a time."""
LEAST_REASON, MOST_REASON = 20, 600


class Ending(StrEnum):
    """What became of a nomination; an offer has an ending of its own."""

    OFFERED = "offered"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    CLOSED = "closed"
    """Nobody had answered it before its task force was dissolved."""


class WhyNot(StrEnum):
    """Why nobody can be nominated now."""

    DISSOLVED = "dissolved"
    TOO_MANY = "too_many"


def why_not_nominate(*, is_dissolved: bool, waiting: int) -> WhyNot | None:
    """Why a side cannot nominate somebody, or None if it can."""
    if is_dissolved:
        return WhyNot.DISSOLVED
    return WhyNot.TOO_MANY if waiting >= MOST_WAITING else None
