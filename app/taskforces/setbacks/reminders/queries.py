"""Reading what passed its day without a word, in one statement for each clock, without what was noticed before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from app.cycles.models import Cycle
from app.taskforces.projects import queries as projects
from app.taskforces.projects.claims.models import MilestoneClaim
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.rules import DEFAULTS, PROMISED
from app.taskforces.seats import queries as seats
from app.taskforces.setbacks.actions.rules import UNCLAIMED, ActionStage
from app.taskforces.setbacks.models import CorrectiveAction, Setback
from app.taskforces.setbacks.reminders.models import Reminder
from app.taskforces.setbacks.reminders.rules import REMINDED_AFTER, Slip, expected_by
from app.taskforces.setbacks.rules import SetbackStage

EXPECTED = sa.case((Milestone.forecast_on > Milestone.baseline_on, Milestone.forecast_on), else_=Milestone.baseline_on)
"""When a milestone was last expected: an explained forecast is an explanation, an earlier one takes no promise back."""


@dataclass(frozen=True, kw_only=True)
class Late:
    """A milestone past what was last expected, with nobody saying why."""

    milestone_id: int
    project_id: int
    task_force_id: int
    title: str
    expected_on: date


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """Something of a task force that passed its day."""

    kind: Slip
    task_force_id: int
    project_id: int | None
    due_on: date
    milestone_id: int | None = None
    setback_id: int | None = None
    action_id: int | None = None


def late(neighborhood_id: int, on: date, days: int) -> list[Late]:
    """Unexplained milestones, `days` or more past what was last expected, that no setback is open about.

    One that its side says is done waits for the other side, and one that was dropped for nobody; a pause stops no day.
    """
    return _late(_late_query(days, on).where(Cycle.neighborhood_id == neighborhood_id))


def late_of(project_id: int, on: date, days: int) -> list[Late]:
    """The same of one project, now that it is held."""
    return _late(_late_query(days, on).where(Project.id == project_id))


def unexplained(neighborhood_id: int, on: date) -> list[Noticed]:
    """Late milestones whose co-chairs were not reminded yet (rule 19)."""
    told = _told(Slip.UNEXPLAINED, Reminder.milestone_id == Milestone.id, EXPECTED)
    query = _late_query(REMINDED_AFTER, on).where(Cycle.neighborhood_id == neighborhood_id, ~told)
    return [
        Noticed(
            kind=Slip.UNEXPLAINED,
            task_force_id=row.task_force_id,
            project_id=row.project_id,
            milestone_id=row.milestone_id,
            due_on=row.expected_on,
        )
        for row in _late(query)
    ]


def overdue(neighborhood_id: int, on: date) -> list[Noticed]:
    """Setbacks that were not acknowledged, planned, checked, concluded or reviewed by their day (rule 22)."""
    told = _told(Slip.SETBACK_OVERDUE, Reminder.setback_id == Setback.id, Setback.due_on)
    query = (
        sa.select(Setback.id, Setback.project_id, _BODY, Setback.due_on)
        .outerjoin(Project, Project.id == Setback.project_id)
        .where(Setback.neighborhood_id == neighborhood_id, Setback.stage != SetbackStage.RESOLVED)
        .where(Setback.due_on < on, ~told)
        .order_by(Setback.id)
    )
    return [
        Noticed(kind=Slip.SETBACK_OVERDUE, setback_id=id_, project_id=project_id, task_force_id=body_id, due_on=due_on)
        for id_, project_id, body_id, due_on in db.session.execute(query)
    ]


def actions(neighborhood_id: int, on: date) -> list[Noticed]:
    """Corrective actions not claimed by their day (rule 22), or claimed and not verified in time (rule 20)."""
    row = CorrectiveAction
    unclaimed, claimed = row.stage.in_(UNCLAIMED), row.stage == ActionStage.CLAIMED
    undone = sa.and_(unclaimed, row.due_on < on, ~_told(Slip.ACTION_OVERDUE, Reminder.action_id == row.id, row.due_on))
    unseen = sa.and_(claimed, row.verify_by < on, ~_told(Slip.UNVERIFIED, Reminder.action_id == row.id, row.verify_by))
    running = Setback.stage.in_((SetbackStage.PLANNED, SetbackStage.CORRECTING)), row.plan == Setback.plan
    query = (
        sa.select(row.id, row.stage, row.due_on, row.verify_by, Setback.id, Setback.project_id, _BODY)
        .join(Setback, Setback.id == row.setback_id)
        .outerjoin(Project, Project.id == Setback.project_id)
        .where(Setback.neighborhood_id == neighborhood_id, *running, sa.or_(undone, unseen))
        .order_by(row.id)
    )
    return [_action(*found) for found in db.session.execute(query)]


def silent(neighborhood_id: int, on: date) -> list[Noticed]:
    """Running projects from which nothing was heard for more than eight weeks (rule 21)."""
    running = projects.everything(Cycle.neighborhood_id == neighborhood_id, Project.stage.in_(PROMISED))
    told = {
        (project_id, due_on)
        for project_id, due_on in db.session.execute(
            sa.select(Reminder.project_id, Reminder.due_on)
            .join(Project, Project.id == Reminder.project_id)
            .join(Cycle, Cycle.id == Project.cycle_id)
            .where(Reminder.kind == Slip.SILENT, Cycle.neighborhood_id == neighborhood_id)
        )
    }
    found = []
    for card in running:
        heard_on = card.standing.last_update_on or card.standing.started_on
        quiet = (on - heard_on).days > DEFAULTS.quiet_days
        if quiet and card.task_force_id is not None and (card.id, heard_on) not in told:
            found.append(
                Noticed(kind=Slip.SILENT, task_force_id=card.task_force_id, project_id=card.id, due_on=heard_on)
            )
    return found


def chairs(task_force_ids: Collection[int], on: date) -> dict[int, tuple[int, ...]]:
    """Who chairs these task forces on a day, by task force."""
    found: dict[int, list[int]] = {}
    for row in seats.co_chairs(task_force_ids, on) if task_force_ids else ():
        found.setdefault(row.task_force_id, []).append(row.person_id)
    return {body_id: tuple(sorted(people)) for body_id, people in found.items()}


_BODY = sa.func.coalesce(Setback.task_force_id, Project.task_force_id)


def _late_query(days: int, on: date) -> Any:
    known = sa.exists().where(
        Setback.milestone_id == Milestone.id,
        sa.or_(Setback.resolved_on.is_(None), Setback.found_on >= EXPECTED),
    )
    claimed = sa.exists().where(MilestoneClaim.milestone_id == Milestone.id, MilestoneClaim.finding.is_(None))
    still_open = Milestone.actual_on.is_(None), Milestone.dropped_in_id.is_(None), ~claimed
    return (
        sa.select(
            Milestone.id, Milestone.project_id, Project.task_force_id, Milestone.title, EXPECTED.label("expected_on")
        )
        .join(Project, Project.id == Milestone.project_id)
        .join(Cycle, Cycle.id == Project.cycle_id)
        .where(*still_open, Project.stage.in_(PROMISED), expected_by(on, days) >= EXPECTED, ~known)
        .order_by(Milestone.id)
    )


def _late(query: Any) -> list[Late]:
    rows: Sequence[Any] = db.session.execute(query).all()
    return [
        Late(milestone_id=id_, project_id=project_id, task_force_id=body_id, title=title, expected_on=expected_on)
        for id_, project_id, body_id, title, expected_on in rows
    ]


def _told(kind: Slip, same: sa.ColumnElement[bool], due_on: Any) -> sa.Exists:
    return sa.exists().where(Reminder.kind == kind, same, Reminder.due_on == due_on)


def _action(
    id_: int,
    stage: ActionStage,
    due_on: date,
    verify_by: date | None,
    setback_id: int,
    project_id: int | None,
    body_id: int,
) -> Noticed:
    claimed = stage is ActionStage.CLAIMED and verify_by is not None
    return Noticed(
        kind=Slip.UNVERIFIED if claimed else Slip.ACTION_OVERDUE,
        task_force_id=body_id,
        project_id=project_id,
        setback_id=setback_id,
        action_id=id_,
        due_on=verify_by if claimed and verify_by is not None else due_on,
    )
