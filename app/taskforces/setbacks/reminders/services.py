"""The clocks about dates: each looks once at a neighborhood, then acts on each project in a transaction of its own.

A day that runs twice acts once: a reminder is a row that stands before the mail is left, and a setback is opened for
one milestone and one expected day. Both are constraints of the database as well. No transaction holds two projects, so
that none of them waits for somebody who waits for it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.events import publish
from app.taskforces.projects.models import Project
from app.taskforces.setbacks import services as setbacks
from app.taskforces.setbacks.models import CorrectiveAction, Setback
from app.taskforces.setbacks.reminders import queries
from app.taskforces.setbacks.reminders.events import SlipNoticed
from app.taskforces.setbacks.reminders.models import Reminder
from app.taskforces.setbacks.reminders.queries import Late, Noticed
from app.taskforces.setbacks.reminders.rules import OPENED_AFTER, OPENS_BY_RULE, REMINDED_AFTER, RULES, Slip
from app.taskforces.setbacks.rules import Source

Found = TypeVar("Found", Late, Noticed)


def open_late(neighborhood_id: int, on: date) -> None:
    """Day 14 without an explanation: the setback opens by itself (rule 19)."""

    def open_those(found: Sequence[Late]) -> None:
        locked(Project, found[0].project_id)
        for still in queries.late_of(found[0].project_id, on, OPENED_AFTER):
            setbacks.open_by_rule(still.project_id, Source.MISSED_MILESTONE, OPENS_BY_RULE, facts_of(still))

    _act_on_each_project(queries.late(neighborhood_id, on, OPENED_AFTER), open_those)


def facts_of(late: Late) -> dict[str, str | int]:
    """What a rule opens a setback for: the milestone, and the day on which it was last expected."""
    expected = late.expected_on.isoformat()
    return {"milestone_id": late.milestone_id, "milestone": late.title, "expected_on": expected}


def remind_of_unexplained(neighborhood_id: int, on: date) -> None:
    """Day 7 without an explanation: both co-chairs are reminded (rule 19)."""
    _notice(queries.unexplained(neighborhood_id, on), on)


def remind_of_overdue(neighborhood_id: int, on: date) -> None:
    """A setback that was not acknowledged or planned by its day, or waits for any other step (rule 22)."""
    _notice(queries.overdue(neighborhood_id, on), on)


def remind_of_actions(neighborhood_id: int, on: date) -> None:
    """Corrective actions that nobody claimed by their day, or that the other side did not look at (rules 20 and 22)."""
    _notice(queries.actions(neighborhood_id, on), on)


def remind_of_silence(neighborhood_id: int, on: date) -> None:
    """Nothing was heard from a project for eight weeks (rule 21)."""
    _notice(queries.silent(neighborhood_id, on), on)


def _notice(found: list[Noticed], on: date) -> None:
    chairs = queries.chairs({each.task_force_id for each in found}, on)

    def notice_those(some: Sequence[Noticed]) -> None:
        for each in some:
            if _holds(each, on) and not _is_told(each):
                _tell(each, on, chairs.get(each.task_force_id, ()))

    _act_on_each_project(found, notice_those)


def _act_on_each_project(found: Sequence[Found], act: Callable[[Sequence[Found]], None]) -> None:
    """What is about one project (or about a task force as a whole) in a transaction of its own.

    One that fails keeps no other from its turn, and is raised at the end.
    """
    failed: Exception | None = None
    db.session.rollback()
    of: dict[int | None, list[Found]] = {}
    for each in found:
        of.setdefault(each.project_id, []).append(each)
    for some in of.values():
        try:
            with transaction():
                act(some)
        except Exception as reason:  # whatever it was, the others have their turn and the day is tried again
            failed = failed or reason
    if failed is not None:
        raise failed


def _holds(each: Noticed, on: date) -> bool:
    """Whether it still is as it was found, now that it is locked."""
    return _STILL[each.kind](each, on)


def _still_unexplained(each: Noticed, on: date) -> bool:
    assert each.project_id is not None
    locked(Project, each.project_id)
    still = queries.late_of(each.project_id, on, REMINDED_AFTER)
    return any(one.milestone_id == each.milestone_id and one.expected_on == each.due_on for one in still)


def _still_overdue(each: Noticed, _on: date) -> bool:
    row = locked(Setback, each.setback_id)
    return row is not None and row.resolved_on is None and row.due_on == each.due_on


def _still_undone(each: Noticed, _on: date) -> bool:
    locked(Setback, each.setback_id)
    row = locked(CorrectiveAction, each.action_id)
    if row is None:
        return False
    return row.verify_by == each.due_on and row.finding is None if each.kind is Slip.UNVERIFIED else row.claim is None


def _still_silent(each: Noticed, _on: date) -> bool:
    return locked(Project, each.project_id) is not None


_STILL: dict[Slip, Callable[[Noticed, date], bool]] = {
    Slip.UNEXPLAINED: _still_unexplained,
    Slip.SETBACK_OVERDUE: _still_overdue,
    Slip.ACTION_OVERDUE: _still_undone,
    Slip.UNVERIFIED: _still_undone,
    Slip.SILENT: _still_silent,
}


def _subject(each: Noticed) -> dict[str, int | None]:
    """Which one column of a reminder names what it is about."""
    column = {Slip.UNEXPLAINED: "milestone_id", Slip.SETBACK_OVERDUE: "setback_id", Slip.SILENT: "project_id"}
    name = column.get(each.kind, "action_id")
    return {name: getattr(each, name)}


def _is_told(each: Noticed) -> bool:
    same = [getattr(Reminder, name) == value for name, value in _subject(each).items()]
    about = sa.exists().where(Reminder.kind == each.kind, Reminder.due_on == each.due_on, *same)
    return bool(db.session.scalar(sa.select(about)))


def _tell(each: Noticed, on: date, chair_ids: tuple[int, ...]) -> None:
    db.session.add(Reminder(kind=each.kind, due_on=each.due_on, reminded_at=now(), **_subject(each)))
    db.session.flush()
    publish(
        SlipNoticed(
            actor_id=None,
            kind=each.kind,
            rule=RULES[each.kind],
            task_force_id=each.task_force_id,
            chair_ids=chair_ids,
            project_id=each.project_id,
            milestone_id=each.milestone_id,
            setback_id=each.setback_id,
            action_id=each.action_id,
            days_past=(on - each.due_on).days,
            due_on=each.due_on,
        )
    )
