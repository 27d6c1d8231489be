"""What a shelf is of, and which reports stand on it before anything is published."""

from collections.abc import Collection
from dataclasses import dataclass

from app.reports.duties.rules import Duty


@dataclass(frozen=True, kw_only=True)
class About:
    """A neighborhood with all that is in it, or a task force with its meetings and projects; neither: everything."""

    neighborhood_id: int | None = None
    task_force_id: int | None = None


def owed_by_year(duties: Collection[Duty], about: About) -> dict[int, list[Duty]]:
    """What was not published yet, under the year it tells of, else that in which it is due; without what has no day."""
    found: dict[int, list[Duty]] = {}
    for each in duties:
        day = each.first_on or each.due_on
        if each.published_on is None and day is not None and about.task_force_id in (None, each.task_force_id):
            found.setdefault(day.year, []).append(each)
    return found
