"""How long answers took: counted in working days, in the steps of the picture, with the middle one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.taskforces.questions.rules import Verdict

STEPS: Sequence[tuple[int, int | None]] = ((0, 2), (3, 5), (6, 10), (11, 15), (16, 20), (21, 30), (31, None))
"""First and last working day of each bar; the third ends where an answer is due."""
LEAST = 5
"""Of fewer answers nothing is said: one of them would be the whole picture (rule 30: under five)."""


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Answers by the working days they took."""

    by_days: Mapping[int, int]
    in_time: int
    """How many first answers came by their day."""
    open: int
    overdue: int
    """How many questions still wait, and how many of them past their day."""
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    """What those who asked said of the answers, first and second."""

    @property
    def answered(self) -> int:
        """How many were answered."""
        return sum(self.by_days.values())

    @property
    def rated(self) -> int:
        """How many answers were rated."""
        return sum(self.verdicts.values())

    @property
    def are_enough(self) -> bool:
        """Whether there are enough answers to draw and to name a middle."""
        return self.answered >= LEAST

    def steps(self) -> list[tuple[int, int | None, int]]:
        """First and last day of each step, and how many answers took so long; every answer is in exactly one."""
        return [(first, last, self._between(first, last)) for first, last in STEPS]

    def median(self) -> int:
        """The working days of the middle answer; of two middle ones the longer."""
        if not self.answered:
            raise ValueError("no answer has no middle")
        passed = 0
        for days in sorted(self.by_days):
            passed += self.by_days[days]
            if passed > self.answered // 2:
                return days
        raise AssertionError("unreachable: the counts add up to `answered`")

    def _between(self, first: int, last: int | None) -> int:
        return sum(n for days, n in self.by_days.items() if first <= days and (last is None or days <= last))
