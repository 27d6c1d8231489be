"""Shared by the tests of projects: a plan ready to be promised, signatures of both sides, and milestones reached."""

from datetime import timedelta

from app.core.clock import now, today
from app.core.db import db, transaction
from app.taskforces.projects.claims import services as claims
from app.taskforces.projects.claims.services import ClaimDone
from app.taskforces.projects.closing import services as closing
from app.taskforces.projects.closing.services import AskCompletion
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.promises.rules import MilestoneKind
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.projects.stages.rules import Facts
from app.taskforces.seats.rules import Side
from app.taskforces.signing import services as signing
from app.taskforces.signing.queries import agreement
from app.taskforces.signing.rules import Verdict
from app.taskforces.signing.services import Sign
from tests import make

LONG = "The contractor's crane broke down and a new one comes only in two weeks."

READY = Facts(
    stage=ProjectStage.FUNDED,
    paused_from=ProjectStage.DELIVERY,
    has_task_force=True,
    has_lead=True,
    has_manager=True,
    milestones=3,
    plans=1,
    plans_verified=1,
    deliveries=2,
    committed_cents=1,
    reason=LONG,
    snags_dated=True,
    report_is_public=True,
    restart_is_ahead=True,
    residents_confirmed=True,
    checked_after_a_year=True,
)
"""What a project looks like to the stage table that can take any step."""


def chaired(**more):
    """A project and the chairs of both sides of its task force, community first."""
    body = make.task_force()
    ada, bo = (make.co_chair(body, side) for side in (Side.COMMUNITY, Side.INSTITUTION))
    return make.project(body=body, **more), make.fresh(ada), make.fresh(bo)


def planned():
    """The same with a plan that could become the promise: one milestone delivers, one approves."""
    project, ada, bo = chaired(stage=ProjectStage.MOBILISING)
    due = now().date() + timedelta(days=10)
    facts = {"title": "Plan approved", "done_means": "It is in the minutes", "baseline_on": due, "forecast_on": due}
    with transaction():
        db.session.add(Milestone(project_id=project.id, position=2, kind=MilestoneKind.APPROVAL, **facts))
    return db.session.get_one(Project, project.id), ada, bo


def sign(agreement_id, *chairs):
    """What waits for signatures, signed by these one after the other."""
    for chair in chairs:
        command = Sign(verdict=Verdict.APPROVE, statement="", seen=agreement(agreement_id).hash)
        signing.sign(agreement_id, command, by=make.fresh(chair))


def reach(project, claimer, other, milestone_id=None):
    """A milestone (the first one) claimed by one and verified by the other."""
    milestone_id = milestone_id or project.milestones[0].id
    claims.claim(project.id, milestone_id, ClaimDone(actual_on=today(), evidence=LONG), by=claimer)
    claims.verify(project.id, milestone_id, "", by=other)


def agreed(project, ada, bo, *snags):
    """The id of what both sides have signed of a project's completion: it waits for its report."""
    waits = closing.propose(project.id, AskCompletion(snags=snags, nothing_left=not snags), by=ada)
    sign(waits, ada, bo)
    return waits


def complete(project, ada, bo, *snags):
    """A project that is completed, as if its report had been published."""
    closing.complete(project.id, agreed(project, ada, bo, *snags))


def reject(agreement_id, chair):
    """One side does not agree, and says why."""
    command = Sign(verdict=Verdict.REJECT, statement=LONG, seen=agreement(agreement_id).hash)
    signing.sign(agreement_id, command, by=make.fresh(chair))
