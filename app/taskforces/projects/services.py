"""The verbs with which a project begins: open it for a winner, hand it over; and what every later verb asks first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.models import Cycle
from app.cycles.rules import Stage as CycleStage
from app.taskforces.models import TaskForce
from app.taskforces.projects import policies, words
from app.taskforces.projects.events import ProjectHandedOver, ProjectOpened
from app.taskforces.projects.models import Project
from app.taskforces.projects.partners.models import Partner
from app.taskforces.projects.partners.rules import PartnerRole
from app.taskforces.projects.rules import ALLOWED, Act, ProjectStage
from app.taskforces.projects.stages import words as stage_words
from app.taskforces.projects.stages.rules import Facts, Hand, WhyNot, why_not_step
from app.taskforces.rules import TAKES_PROJECTS
from app.taskforces.seats import queries as seats
from app.taskforces.seats.services import body_of
from app.taskforces.spending import services as spending
from app.voting import queries as votes

AT_FIELD = {WhyNot.NO_TASK_FORCE: "task_force_id", WhyNot.NO_LEAD: "lead", WhyNot.NO_MANAGER: "manager"}
AT_FIELD |= {WhyNot.NO_REASON: "reason", WhyNot.NO_RESTART: "restart_on"}
"""The field of a form that a refused condition is about."""


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
    """Which task force answers for a project, which organization leads the work, and who manages it."""

    task_force_id: int
    lead: str
    manager: str


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
        project = held(project_id)
        where = project.cycle.neighborhood_id
        ensure_standing(policies.may_hand_over(by, where), _("Only a clerk here can give a project to a task force."))
        taken = _("This project already has its task force.")
        ensure(project.stage is ProjectStage.FUNDED, "has_a_task_force", taken)
        facts = Facts(
            stage=project.stage,
            year_is_open=project.cycle.stage is not CycleStage.CLOSED,
            result_is_final=not votes.is_provisional(project.cycle_id),
            has_task_force=body is not None,
            has_lead=bool(command.lead.strip()),
            has_manager=bool(command.manager.strip()),
        )
        ensure_step(facts, ProjectStage.MOBILISING, {Hand.CLERK})
        message = _("Choose a task force of this neighborhood.")
        ensure(body is not None and body.neighborhood_id == where, "foreign", message, field="task_force_id")
        able = body is not None and body.stage in TAKES_PROJECTS
        waits = _("This task force cannot take on a project now: it is not constituted yet, impaired, or dissolved.")
        ensure(able, "not_constituted", waits, field="task_force_id")
        named = votes.task_force_named(project.proposal_id)
        other = _("The ballot named another task force for it before the vote: the project goes to that one.")
        kept = named is None or (body is not None and body.slug == named)
        ensure(kept, "named_before_the_vote", other, field="task_force_id")
        project.task_force, project.lead, project.manager = body, command.lead, command.manager
        project.stage = ProjectStage.MOBILISING
        leads = Partner(project_id=project.id, name=command.lead, role=PartnerRole.LEAD, since_on=here(project))
        db.session.add(leads)
        event = ProjectHandedOver(
            actor_id=by.id,
            project_id=project.id,
            task_force_id=command.task_force_id,
            lead=command.lead,
            manager=command.manager,
        )
        publish(event)
    return project


def led(project_id: int, act: Act | None, by: Actor) -> Project:
    """The project, locked, once it is sure that `by` chairs its task force today and its stage allows `act`."""
    project = held(project_id)
    ensure_led(project.task_force_id, project.stage, act, on=here(project), by=by)
    return project


def ensure_led(task_force_id: int | None, stage: ProjectStage, act: Act | None, *, on: date, by: Actor) -> None:
    """Refuse whoever does not chair the task force on that day, and what the stage does not allow."""
    chairs = seats.co_chair_ids(task_force_id, on)
    ensure_standing(policies.may_lead(by, chairs), _("Only the co-chairs of its task force can do this."))
    if act is not None:
        ensure_allowed(stage, act)


def ensure_allowed(stage: ProjectStage, act: Act) -> None:
    """Refuse what the stage of a project does not allow."""
    ensure(stage in ALLOWED[act], "wrong_stage", str(words.TOO_EARLY_OR_LATE[act]))


def ensure_step(facts: Facts, to: ProjectStage, hands: Collection[Hand]) -> None:
    """Refuse a step that the stage table does not have, by another hand, or where one of its conditions fails."""
    reason = why_not_step(facts, to, hands)
    if reason is not None:
        raise DomainError(reason.value, str(stage_words.WHY_NOT[reason]), field=AT_FIELD.get(reason))


def held(project_id: int) -> Project:
    """The project as it is now, locked until the transaction ends; NotFound where there is none."""
    project = locked(Project, project_id)
    if project is None:
        raise NotFound
    return project


def here(project: Project) -> date:
    """Today, where the project is."""
    return today(project.cycle.neighborhood.time_zone)


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
