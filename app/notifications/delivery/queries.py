"""What mail about setbacks and passed dates says; None where it is overtaken."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.setbacks.actions.rules import UNVERIFIED, ActionStage
from app.taskforces.setbacks.models import CorrectiveAction, Setback
from app.taskforces.setbacks.reminders.rules import Slip
from app.taskforces.setbacks.rules import SetbackStage, code

Facts = Mapping[str, Any]


def reported(facts: Facts) -> dict[str, Any] | None:
    """A setback that waits to be acknowledged."""
    row = db.session.get(Setback, facts["setback_id"])
    if row is None or row.stage is not SetbackStage.REPORTED:
        return None
    about = row.project.title if row.project else row.task_force.name if row.task_force else ""
    milestone = row.milestone.title if row.milestone else None
    told = {"code": code(row.number), "title": row.title, "rule": row.rule, "about": about, "milestone": milestone}
    return {**facts, **told, "due_on": row.due_on}


def slipped(facts: Facts) -> dict[str, Any] | None:
    """Something that passed its day, as it stands now."""
    found = _FOUND[Slip(facts["slip"])](facts)
    return None if found is None else {**facts, "code": "", **found, "due_on": date.fromisoformat(facts["due_on"])}


def _milestone(facts: Facts) -> dict[str, Any] | None:
    row = db.session.get(Milestone, facts["milestone_id"])
    if row is None or row.actual_on or max(row.baseline_on, row.forecast_on) > date.fromisoformat(facts["due_on"]):
        return None
    return {"what": row.title, "about": row.project.title}


def _setback(facts: Facts) -> dict[str, Any] | None:
    row = db.session.get(Setback, facts["setback_id"])
    if row is None or row.resolved_on or row.due_on.isoformat() != facts["due_on"]:
        return None
    about = row.project.title if row.project else row.task_force.name if row.task_force else ""
    return {"what": row.title or "", "about": about, "code": code(row.number), "stage": row.stage.value}


def _action(facts: Facts) -> dict[str, Any] | None:
    row = db.session.get(CorrectiveAction, facts["action_id"])
    wanted = ActionStage.CLAIMED if facts["slip"] == Slip.UNVERIFIED else None
    if row is None or row.stage not in UNVERIFIED or (row.stage is ActionStage.CLAIMED) != (wanted is not None):
        return None
    return {"what": row.step, "about": row.owner, "code": code(row.setback.number)}


def _project(facts: Facts) -> dict[str, Any] | None:
    title = db.session.scalar(sa.select(Project.title).where(Project.id == facts["project_id"]))
    return None if title is None else {"what": title, "about": title}


_FOUND: Mapping[Slip, Callable[[Facts], dict[str, Any] | None]] = {
    Slip.UNEXPLAINED: _milestone,
    Slip.SETBACK_OVERDUE: _setback,
    Slip.ACTION_OVERDUE: _action,
    Slip.UNVERIFIED: _action,
    Slip.SILENT: _project,
}
