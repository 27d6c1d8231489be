"""Three verbs: promise something for the next quarter, take it back, and say what became of it (domain rule 25)."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.reports.progress.promises import policies, queries, words
from app.reports.progress.promises.events import QuarterPromised, QuarterPromiseMarked, QuarterPromiseTakenBack
from app.reports.progress.promises.models import QuarterPromise
from app.reports.progress.promises.rules import LEAST_LINE, Kept, WhyNot, quarter_of, why_not_mark, why_not_promise
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project


@dataclass(frozen=True, kw_only=True)
class MakePromise:
    """What is promised for the quarter a day falls in, for a project or for the task force as a whole."""

    text: str
    for_day: date
    project_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MarkPromise:
    """What became of a promise, and the line that says why."""

    kept: Kept
    line: str


def promise(task_force_id: int, command: MakePromise, *, by: Actor) -> int:
    """Promise something for a quarter, until the report of the one before is frozen; returns the promise's id."""
    with transaction():
        _led(task_force_id, by)
        first_on = quarter_of(command.for_day).first_on
        mine = QuarterPromise.task_force_id == task_force_id, QuarterPromise.first_on == first_on
        there = db.session.scalar(sa.select(sa.func.count()).select_from(QuarterPromise).where(*mine)) or 0
        _refuse(why_not_promise(queries.around(task_force_id, first_on), there), field="text")
        project = db.session.get(Project, command.project_id) if command.project_id is not None else None
        is_ours = command.project_id is None or (project is not None and project.task_force_id == task_force_id)
        ensure(is_ours, "not_ours", _("This project is not in the hands of this task force."), field="project")
        row = QuarterPromise(
            task_force_id=task_force_id,
            project_id=command.project_id,
            first_on=first_on,
            text=command.text,
            made_by_id=by.id,
            made_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            QuarterPromised(
                actor_id=by.id,
                promise_id=row.id,
                task_force_id=task_force_id,
                project_id=row.project_id,
                first_on=first_on,
                text=row.text,
            )
        )
    return row.id


def take_back(promise_id: int, *, by: Actor) -> None:
    """Take a promise back, as long as the report that makes it is not frozen: nobody has read it then."""
    with transaction():
        row = _held(promise_id, by)
        _refuse(why_not_promise(queries.around(row.task_force_id, row.first_on), 0))
        gone = QuarterPromiseTakenBack(
            actor_id=by.id, promise_id=row.id, task_force_id=row.task_force_id, first_on=row.first_on
        )
        db.session.delete(row)
        publish(gone)


def mark(promise_id: int, command: MarkPromise, *, by: Actor) -> None:
    """Say what became of a promise, or say it anew until the report on its quarter is frozen."""
    with transaction():
        row = _held(promise_id, by)
        on = today(row.task_force.neighborhood.time_zone)
        _refuse(why_not_mark(queries.around(row.task_force_id, row.first_on), on), field="line")
        short = _("Say it in a sentence, of at least %(n)s characters.", n=LEAST_LINE)
        ensure(len(command.line.strip()) >= LEAST_LINE, "too_short", short, field="line")
        row.kept, row.line, row.marked_by_id, row.marked_at = command.kept, command.line.strip(), by.id, now()
        publish(
            QuarterPromiseMarked(
                actor_id=by.id,
                promise_id=row.id,
                task_force_id=row.task_force_id,
                kept=command.kept,
                line=command.line.strip(),
            )
        )


def _refuse(reason: WhyNot | None, *, field: str | None = None) -> None:
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT[reason]), field=field)


def _led(task_force_id: int, by: Actor) -> TaskForce:
    body = locked(TaskForce, task_force_id)
    if body is None:
        raise NotFound
    chairs = queries.chair_ids(body.id, today(body.neighborhood.time_zone))
    ensure_standing(policies.may_promise(by, chairs), _("Only the co-chairs of this task force promise for it."))
    return body


def _held(promise_id: int, by: Actor) -> QuarterPromise:
    known = db.session.get(QuarterPromise, promise_id)
    if known is None:
        raise NotFound
    _led(known.task_force_id, by)
    row = locked(QuarterPromise, promise_id)
    if row is None:
        raise NotFound
    return row
