"""The verbs of a project: open it for a winner, hand it over, promise, forecast, report, finish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.models import Cycle
from app.taskforces.models import TaskForce
from app.taskforces.projects import policies, words
from app.taskforces.projects.events import (
    BaselineSet,
    ForecastChanged,
    MilestoneDone,
    MilestoneDropped,
    MilestonePlanned,
    ProjectHandedOver,
    ProjectMoved,
    ProjectOpened,
)
from app.taskforces.projects.models import ForecastChange, Milestone, Project
from app.taskforces.projects.rules import (
    ALLOWED,
    BY_CLERK,
    LEAST_WORDS,
    Act,
    ForecastReason,
    ProjectStage,
    why_not_move,
)
from app.taskforces.rules import TAKES_PROJECTS
from app.taskforces.seats import queries as seats
from app.taskforces.seats.services import body_of
from app.taskforces.spending import services as spending
from app.voting import queries as votes


class Winner(Protocol):
    """A funded option with the words and the price it had on the ballot."""

    @property
    def proposal_id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def cost_cents(self) -> int: ...


class Certified(Protocol):
    """The news that a result stands."""

    @property
    def actor_id(self) -> int | None: ...
    @property
    def cycle_id(self) -> int: ...
    @property
    def funded(self) -> Sequence[Winner]: ...


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """Which task force answers for a project, and which organization leads the work."""

    task_force_id: int
    lead: str


@dataclass(frozen=True, kw_only=True)
class PlanMilestone:
    """A dated part of the promise."""

    title: str
    done_means: str
    baseline_on: date


@dataclass(frozen=True, kw_only=True)
class ChangeForecast:
    """A new day, a typed reason, and the explanation residents read."""

    new_on: date
    reason: ForecastReason
    explanation: str


@dataclass(frozen=True, kw_only=True)
class MarkDone:
    """The day it was done, and how anybody can see it."""

    actual_on: date
    evidence: str


def open_for_winners(event: Certified) -> None:
    """One project and one allocation for each funded option; hearing the same news twice changes nothing."""
    with transaction():
        cycle = locked(Cycle, event.cycle_id)
        if cycle is None:
            raise NotFound
        there = set(db.session.scalars(sa.select(Project.proposal_id).where(Project.cycle_id == cycle.id)))
        for option in event.funded:
            if option.proposal_id not in there:
                there.add(option.proposal_id)
                _open(cycle, option, number=len(there), by_id=event.actor_id)


def hand_over(project_id: int, command: HandOver, *, by: Actor) -> Project:
    """Give a funded project to a task force of its neighborhood; a clerk's step from funded to mobilising."""
    with transaction():
        body = _taker(command.task_force_id)
        project = _locked(project_id)
        where = project.cycle.neighborhood_id
        ensure_standing(policies.may_hand_over(by, where), _("Only a clerk here can give a project to a task force."))
        taken = _("This project already has its task force.")
        ensure(project.stage is ProjectStage.FUNDED, "has_a_task_force", taken)
        waits = _("Objections to the result are still heard. The project can be handed over once the result is final.")
        ensure(not votes.is_provisional(project.cycle_id), "provisional", waits)
        message = _("Choose a task force of this neighborhood.")
        ensure(body is not None and body.neighborhood_id == where, "foreign", message, field="task_force_id")
        able = body is not None and body.stage in TAKES_PROJECTS
        waits = _("This task force cannot take on a project now: it is not constituted yet, impaired, or dissolved.")
        ensure(able, "not_constituted", waits, field="task_force_id")
        named = votes.task_force_named(project.proposal_id)
        other = _("The ballot named another task force for it before the vote: the project goes to that one.")
        kept = named is None or (body is not None and body.slug == named)
        ensure(kept, "named_before_the_vote", other, field="task_force_id")
        project.task_force, project.lead = body, command.lead
        project.stage = ProjectStage.MOBILISING
        event = ProjectHandedOver(
            actor_id=by.id, project_id=project.id, task_force_id=command.task_force_id, lead=command.lead
        )
        publish(event)
    return project


def plan_milestone(project_id: int, command: PlanMilestone, *, by: Actor) -> Milestone:
    """Add a milestone to the plan; once the baseline is set the plan stands."""
    with transaction():
        project = led(project_id, Act.PLAN, by)
        past = _("Choose today or a day to come: this is a promise.")
        ensure(command.baseline_on >= _today(project), "in_the_past", past, field="baseline_on")
        milestone = Milestone(
            project_id=project.id,
            position=max((m.position for m in project.milestones), default=0) + 1,
            title=command.title,
            done_means=command.done_means,
            baseline_on=command.baseline_on,
            forecast_on=command.baseline_on,
        )
        db.session.add(milestone)
        db.session.flush()
        event = MilestonePlanned(
            actor_id=by.id, project_id=project.id, milestone_id=milestone.id, baseline_on=command.baseline_on
        )
        publish(event)
    return milestone


def drop_milestone(project_id: int, milestone_id: int, *, by: Actor) -> None:
    """Take a milestone out of the plan before the baseline is set."""
    with transaction():
        project = led(project_id, Act.PLAN, by)
        milestone = _milestone(project, milestone_id)
        db.session.delete(milestone)
        publish(MilestoneDropped(actor_id=by.id, project_id=project.id, milestone_id=milestone_id))


def set_baseline(project_id: int, *, by: Actor) -> Project:
    """Make the plan the promise: the step from mobilising to planning."""
    with transaction():
        project = led(project_id, Act.PLAN, by)
        _ensure_step(project, ProjectStage.PLANNING)
        project.stage = ProjectStage.PLANNING
        finish_on = max(m.baseline_on for m in project.milestones)
        event = BaselineSet(
            actor_id=by.id, project_id=project.id, milestones=len(project.milestones), finish_on=finish_on
        )
        publish(event)
    return project


def move(project_id: int, to: ProjectStage, *, by: Actor) -> Project:
    """Take the next step after the baseline; the last one needs every milestone done."""
    with transaction():
        project = led(project_id, None, by)
        step = to not in BY_CLERK and to is not ProjectStage.PLANNING
        ensure(step, "not_this_way", _("This step is taken on another page."))
        _ensure_step(project, to)
        was, project.stage = project.stage, to
        publish(ProjectMoved(actor_id=by.id, project_id=project.id, was=was, stage=to))
    return project


def change_forecast(project_id: int, milestone_id: int, command: ChangeForecast, *, by: Actor) -> ForecastChange:
    """Expect a milestone on another day, and say why (domain rule 18); the baseline never moves."""
    with transaction():
        project = led(project_id, Act.FORECAST, by)
        milestone = _open_milestone(project, milestone_id)
        past = _("Choose today or a day to come: nothing can be expected in the past.")
        ensure(command.new_on >= _today(project), "in_the_past", past, field="new_on")
        same = _("That is the day it is expected already.")
        ensure(command.new_on != milestone.forecast_on, "same_day", same, field="new_on")
        _ensure_said(command.explanation, "explanation")
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


def mark_done(project_id: int, milestone_id: int, command: MarkDone, *, by: Actor) -> Milestone:
    """Record that a milestone is done, with its evidence (domain rule 20)."""
    with transaction():
        project = led(project_id, Act.MARK_DONE, by)
        milestone = _open_milestone(project, milestone_id)
        future = _("This day has not come yet.")
        ensure(command.actual_on <= _today(project), "in_the_future", future, field="actual_on")
        _ensure_said(command.evidence, "evidence")
        milestone.actual_on, milestone.evidence = command.actual_on, command.evidence
        publish(
            MilestoneDone(
                actor_id=by.id,
                project_id=project.id,
                milestone_id=milestone.id,
                actual_on=command.actual_on,
                evidence=command.evidence,
            )
        )
    return milestone


def led(project_id: int, act: Act | None, by: Actor) -> Project:
    """The project, locked, once it is sure that `by` chairs its task force today and its stage allows `act`."""
    project = _locked(project_id)
    ensure_led(project.task_force_id, project.stage, act, on=_today(project), by=by)
    return project


def ensure_led(task_force_id: int | None, stage: ProjectStage, act: Act | None, *, on: date, by: Actor) -> None:
    """Refuse whoever does not chair the task force on that day, and what the stage does not allow."""
    chairs = seats.co_chair_ids(task_force_id, on)
    ensure_standing(policies.may_lead(by, chairs), _("Only the co-chairs of its task force can do this."))
    if act is not None:
        ensure(stage in ALLOWED[act], "wrong_stage", str(words.TOO_EARLY_OR_LATE[act]))


def ensure_step(stage: ProjectStage, to: str, *, milestones: int, still_open: int) -> None:
    """Refuse a step that does not follow, or comes too early; NotFound for a stage that does not exist."""
    if to not in list(ProjectStage):
        raise NotFound
    reason = why_not_move(stage, ProjectStage(to), milestones=milestones, still_open=still_open)
    if reason is not None:
        ensure(False, reason.value, str(words.WHY_NOT[reason]))


def _open(cycle: Cycle, option: Winner, *, number: int, by_id: int | None) -> None:
    project = Project(
        cycle=cycle,
        number=number,
        proposal_id=option.proposal_id,
        title=option.title,
        scope=option.summary,
        allocated_cents=option.cost_cents,
        stage=ProjectStage.FUNDED,
        opened_at=now(),
    )
    db.session.add(project)
    db.session.flush()
    publish(
        ProjectOpened(
            actor_id=by_id,
            project_id=project.id,
            proposal_id=project.proposal_id,
            cycle_id=cycle.id,
            allocated_cents=project.allocated_cents,
        )
    )
    if project.allocated_cents:
        spending.allocate(project, purpose=_("Funded by the vote of residents"), by_id=by_id)


def _taker(task_force_id: int) -> TaskForce | None:
    """The task force a project goes to, locked before the project, as where it is dissolved."""
    return body_of(task_force_id) if db.session.get(TaskForce, task_force_id) is not None else None


def _locked(project_id: int) -> Project:
    project = locked(Project, project_id)
    if project is None:
        raise NotFound
    return project


def _today(project: Project) -> date:
    return today(project.cycle.neighborhood.time_zone)


def _milestone(project: Project, milestone_id: int) -> Milestone:
    milestone = locked(Milestone, milestone_id)
    if milestone is None or milestone.project_id != project.id:
        raise NotFound
    return milestone


def _open_milestone(project: Project, milestone_id: int) -> Milestone:
    milestone = _milestone(project, milestone_id)
    ensure(milestone.actual_on is None, "is_done", _("This milestone is done already."))
    return milestone


def _ensure_step(project: Project, to: ProjectStage) -> None:
    still_open = sum(m.actual_on is None for m in project.milestones)
    ensure_step(project.stage, to.value, milestones=len(project.milestones), still_open=still_open)


def _ensure_said(text: str, field: str) -> None:
    message = _("Please say a little more: at least %(n)s characters.", n=LEAST_WORDS)
    ensure(len(text.strip()) >= LEAST_WORDS, "too_short", message, field=field)
