"""What waits for a co-chair, since when, how long it takes, and what happens by itself if nobody does anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from app.taskforces.projects.promises.rules import Dates, is_unexplained
from app.taskforces.projects.rules import DEFAULTS, RUNNING, ProjectStage, Standing, Verdict


class Todo(StrEnum):
    """Something that waits for a co-chair."""

    SIGN = "sign"
    CHECK_UPDATE = "check_update"
    REPLY = "reply"
    PLAN = "plan"
    SET_BASELINE = "set_baseline"
    EXPLAIN = "explain"
    DUE = "due"
    UPDATE = "update"
    PUT_RIGHT = "put_right"
    VERIFY_STEP = "verify_step"
    VERIFY = "verify"
    COMPLETE = "complete"
    ANSWER = "answer"
    PASS_ON = "pass_on"
    ANNOUNCE = "announce"
    NEW_DATE = "new_date"
    END_MEETING = "end_meeting"
    DRAFT_MINUTES = "draft_minutes"
    APPROVE_MINUTES = "approve_minutes"
    ACT = "act"
    REVIEW = "review"


MINUTES: Mapping[Todo, int] = {
    Todo.SIGN: 4,
    Todo.CHECK_UPDATE: 3,
    Todo.REPLY: 10,
    Todo.EXPLAIN: 5,
    Todo.PUT_RIGHT: 8,
    Todo.VERIFY_STEP: 6,
    Todo.UPDATE: 8,
    Todo.DUE: 4,
    Todo.VERIFY: 10,
    Todo.COMPLETE: 2,
    Todo.PLAN: 12,
    Todo.SET_BASELINE: 3,
    Todo.ANSWER: 8,
    Todo.PASS_ON: 2,
    Todo.ANNOUNCE: 6,
    Todo.NEW_DATE: 6,
    Todo.END_MEETING: 2,
    Todo.DRAFT_MINUTES: 8,
    Todo.APPROVE_MINUTES: 8,
    Todo.ACT: 10,
    Todo.REVIEW: 5,
}
"""About how long each takes; an estimate, to make beginning easy."""

SOON_DAYS = 14


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that waits.

    `about` names the project or task force, `what` the thing itself. `changes_on` is the first day on which something
    is public, or lost, by itself. `at` is what the address of the page needs on which it is done.
    """

    todo: Todo
    about: str
    what: str = ""
    since: date
    due_on: date | None = None
    changes_on: date | None = None
    at: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return MINUTES[self.todo]


@dataclass(frozen=True, kw_only=True)
class Due:
    """What waits about a project: since when, on which milestone (0: on none), and when it changes by itself."""

    todo: Todo
    milestone_id: int = 0
    since: date
    due_on: date | None = None
    changes_on: date | None = None


def of_project(standing: Standing, verdict: Verdict, milestones: Iterable[tuple[int, Dates]], today: date) -> list[Due]:
    """What waits for the co-chairs of a project."""
    found: list[Due] = []
    if standing.stage is ProjectStage.MOBILISING:
        todo = Todo.SET_BASELINE if standing.open_milestones else Todo.PLAN
        found.append(Due(todo=todo, since=standing.started_on))
    if standing.stage in RUNNING:
        found += [due for each in milestones if (due := of_milestone(*each, today)) is not None]
    if verdict.quiet:
        last = standing.last_update_on or standing.started_on
        found.append(Due(todo=Todo.UPDATE, since=last + timedelta(days=DEFAULTS.quiet_days)))
    if standing.stage is ProjectStage.HANDOVER and not standing.open_milestones:
        found.append(Due(todo=Todo.COMPLETE, since=standing.latest_forecast_on or standing.started_on))
    return found


def of_milestone(milestone_id: int, dates: Dates, today: date) -> Due | None:
    """What waits about a milestone: to say why it is late, or whether it is done or its day moves (domain rule 19)."""
    if dates.actual_on is not None:
        return None
    late_on = dates.baseline_on + timedelta(days=1)
    if is_unexplained(dates, today):
        setback_on = dates.baseline_on + timedelta(days=2 * DEFAULTS.unexplained_days)
        return Due(todo=Todo.EXPLAIN, milestone_id=milestone_id, since=late_on, changes_on=setback_on)
    if dates.forecast_on > today + timedelta(days=SOON_DAYS):
        return None
    since = min(today, dates.forecast_on - timedelta(days=SOON_DAYS))
    return Due(todo=Todo.DUE, milestone_id=milestone_id, since=since, due_on=dates.forecast_on, changes_on=late_on)


def oldest_first(items: Iterable[Item]) -> list[Item]:
    """What has waited longest comes first; of two that wait equally long, what is due first."""
    return sorted(items, key=lambda item: (item.since, item.due_on or date.max, item.about, item.what))


def by_itself(items: Iterable[Item], today: date) -> list[Item]:
    """What will have changed by tomorrow if nobody does anything today."""
    return [item for item in items if item.changes_on == today + timedelta(days=1)]


def overdue(items: Iterable[Item], today: date) -> int:
    """How many of the things that wait should have been done by now."""
    return sum(item.due_on is not None and item.due_on < today for item in items)


def within_minutes(items: Sequence[Item], minutes: int) -> int:
    """How many of the things that wait, in their order, fit into so many minutes; always the first one."""
    count = spent = 0
    for item in items:
        spent += item.minutes
        if count and spent > minutes:
            break
        count += 1
    return count
