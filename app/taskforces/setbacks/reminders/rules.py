"""What the clocks remind of, after how many days, and by which rule of the domain."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum


class Slip(StrEnum):
    """What passed without a word."""

    UNEXPLAINED = "unexplained"
    SETBACK_OVERDUE = "setback_overdue"
    ACTION_OVERDUE = "action_overdue"
    UNVERIFIED = "unverified"
    SILENT = "silent"


RULES: Mapping[Slip, int] = {
    Slip.UNEXPLAINED: 19,
    Slip.SETBACK_OVERDUE: 22,
    Slip.ACTION_OVERDUE: 22,
    Slip.UNVERIFIED: 20,
    Slip.SILENT: 21,
}
"""The number of the rule that each reminder follows."""
OPENS_BY_RULE = 19
REMINDED_AFTER, OPENED_AFTER = 7, 14
"""Days past what was last expected: then both co-chairs are reminded, then the setback opens (rule 19)."""


def expected_by(on: date, days: int) -> date:
    """The last expected day that is `days` past on a day."""
    return on - timedelta(days=days)
