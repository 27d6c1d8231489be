"""How many of a period's promises were kept by their day: pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.reports.rules import Period
from app.taskforces.projects.promises.queries import MilestoneRow


@dataclass(frozen=True, kw_only=True)
class OnTime:
    """Milestones promised for a period: all of them, done by their day, done late, and not done yet."""

    due: int
    in_time: int
    late: int
    open: int

    @property
    def percent(self) -> int | None:
        """The share done by their day, in percent and rounded down; None where nothing was due."""
        return 100 * self.in_time // self.due if self.due else None


def on_time(milestones: Iterable[MilestoneRow], period: Period) -> OnTime:
    """How the milestones stand whose promised day is in a period; what is claimed and not verified is not done."""
    due = [each for each in milestones if period.first_on <= each.baseline_on <= period.last_on]
    done = [each for each in due if each.actual_on is not None]
    in_time = sum(1 for each in done if each.actual_on is not None and each.actual_on <= each.baseline_on)
    return OnTime(due=len(due), in_time=in_time, late=len(done) - in_time, open=len(due) - len(done))
