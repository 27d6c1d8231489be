"""How many key holders there may be, and when the second check of their keys is due."""

from collections.abc import Iterable
from datetime import datetime, timedelta

MOST_HOLDERS = 9
CHECK_FROM = timedelta(hours=72)
"""How long before the close the second check may be done."""
CHECK_UNTIL = timedelta(hours=24)
"""How long before the close every key must have been checked again; after that it is an alarm (voting.md 5)."""


def fresh_checks(checked: Iterable[datetime | None], closes_at: datetime) -> int:
    """How many keys have been checked again in the days before the close."""
    return sum(at is not None and at >= closes_at - CHECK_FROM for at in checked)


def second_check_is_due(now: datetime, closes_at: datetime) -> bool:
    """Whether key holders are to show once more that their keys work."""
    return closes_at - CHECK_FROM <= now


def is_alarming(checked: Iterable[datetime | None], *, threshold: int, now: datetime, closes_at: datetime) -> bool:
    """Whether too few keys are known to work: from a day before the close, fewer than one more than it takes.

    Where all keys are needed, or there is one, all of them.
    """
    known = list(checked)
    needed = min(threshold + 1, len(known))
    return now >= closes_at - CHECK_UNTIL and fresh_checks(known, closes_at) < needed
