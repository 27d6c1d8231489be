"""How waiting is counted: in working days to the first answer, and how many answers came in time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEPS = (2, 5, 10, 20)
"""The last working day of each step of the histogram; the days after the last one are a step of their own."""


@dataclass(frozen=True, kw_only=True)
class Waited:
    """A step of the histogram: from which working day to which (None: and more), and how many answers fell into it."""

    from_days: int
    to_days: int | None
    answers: int


def histogram(days: Iterable[int]) -> Sequence[Waited]:
    """How many first answers came after how many working days; every step is there, also an empty one."""
    waited = list(days)
    ends: list[int | None] = [*STEPS, None]
    starts = [0, *(end + 1 for end in STEPS)]
    return [
        Waited(from_days=start, to_days=end, answers=sum(start <= n and (end is None or n <= end) for n in waited))
        for start, end in zip(starts, ends, strict=True)
    ]


def percent(part: int, whole: int) -> int | None:
    """A share in whole percent, rounded down so that nothing looks better than it is; None where there is nothing."""
    return 100 * part // whole if whole else None
