"""The verbs of a setback: report it, plan what is done about it, do it, resolve it."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure
from app.core.events import publish
from app.taskforces.projects import services as projects
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import Act
from app.taskforces.setbacks import words
from app.taskforces.setbacks.events import (
    CorrectiveActionDone,
    CorrectiveActionPlanned,
    SetbackReported,
    SetbackResolved,
)
from app.taskforces.setbacks.models import CorrectiveAction, Setback
from app.taskforces.setbacks.rules import SetbackStage, why_not_resolve


@dataclass(frozen=True, kw_only=True)
class ReportSetback:
    """What went wrong, why, what it changes, and by when it shall be put right."""

    title: str
    description: str
    cause: str
    effect: str
    found_on: date
    due_on: date


@dataclass(frozen=True, kw_only=True)
class PlanAction:
    """A step against a setback, who takes it, and by when."""

    step: str
    owner: str
    due_on: date


def report(project_id: int, command: ReportSetback, *, by: Actor) -> Setback:
    """Say openly what went wrong."""
    with transaction():
        project = projects.led(project_id, Act.REPORT_SETBACK, by)
        future = _("This day has not come yet.")
        ensure(command.found_on <= _today(project), "in_the_future", future, field="found_on")
        early = _("It cannot be put right before it was found.")
        ensure(command.due_on >= command.found_on, "due_too_early", early, field="due_on")
        setback = Setback(
            project_id=project.id,
            title=command.title,
            description=command.description,
            cause=command.cause,
            effect=command.effect,
            stage=SetbackStage.REPORTED,
            found_on=command.found_on,
            due_on=command.due_on,
            reported_by_id=by.id,
            reported_at=now(),
        )
        db.session.add(setback)
        db.session.flush()
        publish(
            SetbackReported(
                actor_id=by.id,
                project_id=project.id,
                setback_id=setback.id,
                due_on=setback.due_on,
                title=setback.title,
            )
        )
    return setback


def plan_action(setback_id: int, command: PlanAction, *, by: Actor) -> CorrectiveAction:
    """Plan a step against a setback; the first one begins the correcting."""
    with transaction():
        setback = _open(setback_id, by)
        early = _("Choose a day after the setback was found.")
        ensure(command.due_on >= setback.found_on, "due_too_early", early, field="due_on")
        action = CorrectiveAction(setback_id=setback.id, step=command.step, owner=command.owner, due_on=command.due_on)
        db.session.add(action)
        setback.stage = SetbackStage.CORRECTING
        db.session.flush()
        publish(
            CorrectiveActionPlanned(
                actor_id=by.id,
                project_id=setback.project_id,
                setback_id=setback.id,
                action_id=action.id,
                due_on=action.due_on,
            )
        )
    return action


def finish_action(action_id: int, *, by: Actor) -> CorrectiveAction:
    """Note that a corrective action is done, today."""
    with transaction():
        action = locked(CorrectiveAction, action_id)
        if action is None:
            raise NotFound
        setback = _open(action.setback_id, by)
        ensure(action.done_on is None, "is_done", _("This action is done already."))
        action.done_on = _today(setback.project)
        publish(
            CorrectiveActionDone(
                actor_id=by.id,
                project_id=setback.project_id,
                setback_id=setback.id,
                action_id=action.id,
                done_on=action.done_on,
            )
        )
    return action


def resolve(setback_id: int, *, by: Actor) -> Setback:
    """Close a setback once everything planned against it is done."""
    with transaction():
        setback = _open(setback_id, by)
        still_open = sum(action.done_on is None for action in setback.actions)
        reason = why_not_resolve(setback.stage, actions=len(setback.actions), still_open=still_open)
        if reason is not None:
            ensure(False, reason.value, str(words.WHY_NOT[reason]))
        setback.stage, setback.resolved_on = SetbackStage.RESOLVED, _today(setback.project)
        publish(
            SetbackResolved(
                actor_id=by.id,
                project_id=setback.project_id,
                setback_id=setback.id,
                resolved_on=setback.resolved_on,
            )
        )
    return setback


def _open(setback_id: int, by: Actor) -> Setback:
    setback = locked(Setback, setback_id)
    if setback is None:
        raise NotFound
    projects.led(setback.project_id, None, by)
    resolved = setback.stage is SetbackStage.RESOLVED
    ensure(not resolved, "resolved", _("This setback is resolved already."))
    return setback


def _today(project: Project) -> date:
    return today(project.cycle.neighborhood.time_zone)
