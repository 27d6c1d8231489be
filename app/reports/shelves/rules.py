"""What a shelf is of, and which reports stand on it before anything is published."""

from collections.abc import Collection
from dataclasses import dataclass

from app.reports.duties.rules import Duty


@dataclass(frozen=True, kw_only=True)
class About:
    """A neighborhood with all that is in it, or a task force with its meetings and projects; neither: everything."""

    neighborhood_id: int | None = None
    task_force_id: int | None = None


def owed_in(duties: Collection[Duty], year: int, about: About) -> list[Duty]:
    """What is owed of a year and was not published: of the days it tells of, else of the year in which it is due."""
    return [
        each
        for each in duties
        if each.published_on is None
        and about.task_force_id in (None, each.task_force_id)
        and (day := each.first_on or each.due_on) is not None
        and day.year == year
    ]
