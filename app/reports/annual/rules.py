"""What is asked of a year's sums, and how they are told as shares: pure."""

from collections.abc import Iterable, Sequence

from app.taskforces.spending.reconciliation.rules import Moved
from app.taskforces.spending.rules import EntryKind

SHIFTED = frozenset({EntryKind.REALLOCATE_IN, EntryKind.REALLOCATE_OUT})
"""What only goes from one project to another, so that all of it adds up to nothing."""
OVER_PERCENT = 10
"""From which share of its money on a project's variance is explained one by one."""


def shifts(moved: Iterable[Moved]) -> int:
    """What reallocations between projects add up to; anything but zero is a fault."""
    return sum(each.cents for each in moved if each.kind in SHIFTED)


def needs_text(variance_cents: int, allocated_cents: int) -> bool:
    """Whether a project's variance is to be explained: above ten percent of what it has, either way."""
    return abs(variance_cents) * 100 > OVER_PERCENT * max(0, allocated_cents)


def percent(part: int, whole: int) -> int:
    """How many percent of `whole` a part is, rounded down; 0 of nothing."""
    return 100 * part // whole if whole > 0 else 0


def shares(parts: Sequence[int]) -> list[int]:
    """How many percent of their sum each of these is: whole numbers that add up to 100, or nothing of nothing."""
    whole = sum(parts)
    if whole <= 0:
        return [0] * len(parts)
    found = [100 * part // whole for part in parts]
    by_rest = sorted(range(len(parts)), key=lambda at: (-(100 * parts[at] % whole), at))
    for at in by_rest[: 100 - sum(found)]:
        found[at] += 1
    return found
