"""What waits for the co-chairs of a project, and how long it takes."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from app.taskforces.projects.promises.rules import Dates, is_unexplained
from app.taskforces.projects.rules import RUNNING, ProjectStage, Standing, Verdict


class Todo(StrEnum):
    """Something that waits for a co-chair."""

    PLAN = "plan"
    SET_BASELINE = "set_baseline"
    EXPLAIN = "explain"
    DUE = "due"
    UPDATE = "update"
    PUT_RIGHT = "put_right"
    RESOLVE = "resolve"
    COMPLETE = "complete"


MINUTES: Mapping[Todo, int] = {
    Todo.EXPLAIN: 5,
    Todo.PUT_RIGHT: 8,
    Todo.RESOLVE: 2,
    Todo.UPDATE: 8,
    Todo.DUE: 4,
    Todo.COMPLETE: 2,
    Todo.PLAN: 12,
    Todo.SET_BASELINE: 3,
}
"""About how long each takes, the most pressing first; an estimate, to make beginning easy."""

SOON_DAYS = 14


def todos(
    standing: Standing, verdict: Verdict, milestones: Iterable[tuple[int, Dates]], today: date
) -> list[tuple[Todo, int]]:
    """What waits for the co-chairs of a project: (todo, id of its milestone or 0)."""
    found: list[tuple[Todo, int]] = []
    if standing.stage is ProjectStage.MOBILISING:
        found.append((Todo.SET_BASELINE if standing.open_milestones else Todo.PLAN, 0))
    if standing.stage in RUNNING:
        for milestone_id, dates in milestones:
            if is_unexplained(dates, today):
                found.append((Todo.EXPLAIN, milestone_id))
            elif dates.actual_on is None and dates.forecast_on <= today + timedelta(days=SOON_DAYS):
                found.append((Todo.DUE, milestone_id))
    if verdict.quiet:
        found.append((Todo.UPDATE, 0))
    if standing.stage is ProjectStage.HANDOVER and not standing.open_milestones:
        found.append((Todo.COMPLETE, 0))
    return found


def within_minutes(waiting: Iterable[tuple[Todo, int]], minutes: int) -> int:
    """How many of the things that wait, in their order, fit into so many minutes; always the first one."""
    count = spent = 0
    for todo, _ in waiting:
        spent += MINUTES[todo]
        if count and spent > minutes:
            break
        count += 1
    return count
