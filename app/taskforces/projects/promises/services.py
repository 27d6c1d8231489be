"""The verbs of a milestone: plan it, take it out of the plan, begin it, expect it on another day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure
from app.core.events import publish
from app.taskforces.projects.models import ForecastChange, Milestone, MilestoneNeed, Project
from app.taskforces.projects.promises import queries, words
from app.taskforces.projects.promises.events import (
    ForecastChanged,
    MilestoneBegun,
    MilestoneDropped,
    MilestonePlanned,
    MilestonesImported,
)
from app.taskforces.projects.promises.rules import MilestoneKind, Move, Who, may_move
from app.taskforces.projects.rules import LEAST_WORDS, Act, ForecastReason
from app.taskforces.projects.services import here, led


@dataclass(frozen=True, kw_only=True)
class PlanMilestone:
    """A dated part of the promise; `needs` are the ids of milestones that have to be reached before it."""

    title: str
    done_means: str
    baseline_on: date
    kind: MilestoneKind = MilestoneKind.DELIVERY
    lead: str | None = None
    needs: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeForecast:
    """A new day, a typed reason, and the explanation residents read."""

    new_on: date
    reason: ForecastReason
    explanation: str


def plan_milestone(project_id: int, command: PlanMilestone, *, by: Actor) -> Milestone:
    """Add a milestone to the plan; once the baseline is set the plan stands."""
    with transaction():
        project = led(project_id, Act.PLAN, by)
        milestone = put(project, command, needs=command.needs)
        publish(
            MilestonePlanned(
                actor_id=by.id,
                project_id=project.id,
                milestone_id=milestone.id,
                kind=milestone.kind,
                baseline_on=command.baseline_on,
            )
        )
    return milestone


def plan_all(project_id: int, commands: Sequence[PlanMilestone], *, by: Actor) -> int:
    """Add several milestones at once, or none; `needs` are positions in the sequence, from 1. Returns how many."""
    with transaction():
        project = led(project_id, Act.PLAN, by)
        made: list[int] = []
        for command in commands:
            made.append(put(project, command, needs=[made[place - 1] for place in command.needs]).id)
        publish(MilestonesImported(actor_id=by.id, project_id=project.id, milestone_ids=tuple(made)))
    return len(made)


def drop_milestone(project_id: int, milestone_id: int, *, by: Actor) -> None:
    """Take a milestone out of the plan before the baseline is set; nothing needs it any more."""
    with transaction():
        project = led(project_id, Act.PLAN, by)
        milestone = found(project, milestone_id)
        either = sa.or_(MilestoneNeed.milestone_id == milestone_id, MilestoneNeed.needs_id == milestone_id)
        db.session.execute(sa.delete(MilestoneNeed).where(either))
        db.session.delete(milestone)
        publish(MilestoneDropped(actor_id=by.id, project_id=project.id, milestone_id=milestone_id))


def begin(project_id: int, milestone_id: int, *, by: Actor) -> Milestone:
    """Note that work on a milestone has begun, today."""
    with transaction():
        project = led(project_id, Act.BEGIN, by)
        milestone = found(project, milestone_id)
        ensure_move(milestone, Move.BEGIN)
        milestone.begun_on = here(project)
        event = MilestoneBegun(
            actor_id=by.id, project_id=project.id, milestone_id=milestone.id, begun_on=milestone.begun_on
        )
        publish(event)
    return milestone


def change_forecast(project_id: int, milestone_id: int, command: ChangeForecast, *, by: Actor) -> ForecastChange:
    """Expect a milestone on another day, and say why (domain rule 18); the baseline never moves."""
    with transaction():
        project = led(project_id, Act.FORECAST, by)
        milestone = found(project, milestone_id)
        ensure_move(milestone, Move.FORECAST)
        past = _("Choose today or a day to come: nothing can be expected in the past.")
        ensure(command.new_on >= here(project), "in_the_past", past, field="new_on")
        same = _("That is the day it is expected already.")
        ensure(command.new_on != milestone.forecast_on, "same_day", same, field="new_on")
        ensure_said(command.explanation, "explanation")
        change = ForecastChange(
            milestone_id=milestone.id,
            old_on=milestone.forecast_on,
            new_on=command.new_on,
            reason=command.reason,
            explanation=command.explanation,
            person_id=by.id,
            changed_at=now(),
        )
        db.session.add(change)
        milestone.forecast_on = command.new_on
        publish(
            ForecastChanged(
                actor_id=by.id,
                project_id=project.id,
                milestone_id=milestone.id,
                old_on=change.old_on,
                new_on=change.new_on,
                reason=change.reason,
                explanation=change.explanation,
            )
        )
    return change


def put(project: Project, command: PlanMilestone, *, needs: Collection[int]) -> Milestone:
    """Add a milestone below the others, which alone it can need; joins the transaction of the plan or baseline."""
    past = _("Choose today or a day to come: this is a promise.")
    ensure(command.baseline_on >= here(project), "in_the_past", past, field="baseline_on")
    there = {row.id: row.position for row in queries.rows_of(project.id)}
    strange = _("Choose milestones of this plan.")
    ensure(set(needs) <= set(there), "foreign", strange, field="needs")
    milestone = Milestone(
        project_id=project.id,
        position=max(there.values(), default=0) + 1,
        title=command.title,
        done_means=command.done_means,
        kind=command.kind,
        lead=command.lead,
        baseline_on=command.baseline_on,
        forecast_on=command.baseline_on,
    )
    db.session.add(milestone)
    db.session.flush()
    db.session.add_all(MilestoneNeed(milestone_id=milestone.id, needs_id=each) for each in needs)
    db.session.flush()
    return milestone


def found(project: Project, milestone_id: int) -> Milestone:
    """A milestone of this project, locked; NotFound where it has no such."""
    milestone = locked(Milestone, milestone_id)
    if milestone is None or milestone.project_id != project.id:
        raise NotFound
    return milestone


def ensure_move(milestone: Milestone, move: Move, who: Who = Who.CHAIR) -> None:
    """Refuse what cannot be done to a milestone as it is now."""
    stage = queries.stage_now(milestone)
    if not may_move(stage, move, who):
        raise DomainError(f"is_{stage.value}", str(words.AS_IT_IS[stage]))


def ensure_said(text: str, field: str) -> None:
    """Refuse words too short to explain anything."""
    message = _("Please say a little more: at least %(n)s characters.", n=LEAST_WORDS)
    ensure(len(text.strip()) >= LEAST_WORDS, "too_short", message, field=field)
