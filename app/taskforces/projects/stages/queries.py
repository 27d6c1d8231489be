"""Reading what the stage table asks about a project."""

import sqlalchemy as sa

from app.core.db import db
from app.cycles.rules import Stage as CycleStage
from app.taskforces.projects.claims.models import MilestoneClaim
from app.taskforces.projects.closing.models import LaterCheck
from app.taskforces.projects.closing.rules import CheckKind
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.pausing.models import Pause
from app.taskforces.projects.promises.rules import MilestoneKind
from app.taskforces.projects.stages.rules import Facts
from app.taskforces.spending import queries as spending


def facts_of(project: Project) -> Facts:
    """Everything the stage table asks about a project as it is now, but what is said for a step."""
    claimed = sa.exists().where(MilestoneClaim.milestone_id == Milestone.id, MilestoneClaim.finding.is_(None))
    query = sa.select(Milestone.kind, Milestone.actual_on.is_not(None), claimed).where(
        Milestone.project_id == project.id, Milestone.dropped_in_id.is_(None)
    )
    rows = [(kind, bool(done), bool(claim)) for kind, done, claim in db.session.execute(query)]
    plans = [done for kind, done, _claim in rows if kind is MilestoneKind.APPROVAL]
    deliveries = [done or claim for kind, done, claim in rows if kind is MilestoneKind.DELIVERY]
    checks = set(db.session.scalars(sa.select(LaterCheck.kind).where(LaterCheck.project_id == project.id)))
    body = project.task_force
    return Facts(
        stage=project.stage,
        paused_from=db.session.scalar(
            sa.select(Pause.stage_before).where(Pause.project_id == project.id, Pause.ended_at.is_(None))
        ),
        year_is_open=project.cycle.stage is not CycleStage.CLOSED,
        has_task_force=body is not None and body.constituted_on is not None,
        has_lead=bool(project.lead),
        has_manager=bool(project.manager),
        milestones=len(rows),
        plans=len(plans),
        plans_verified=sum(plans),
        deliveries=len(deliveries),
        deliveries_unclaimed=sum(not reached for reached in deliveries),
        unverified=sum(not done for _kind, done, _claim in rows),
        committed_cents=spending.balance_of(project.id).committed_cents,
        residents_confirmed=CheckKind.RESIDENTS in checks,
        checked_after_a_year=CheckKind.YEAR in checks,
    )
