"""Counting who took part in some cycles, and what came of it in a time: each count is one statement."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.core.moments import day_in
from app.places.models import Area
from app.proposals.desk.models import PaperForm
from app.proposals.discussion.models import Comment
from app.proposals.models import Proposal
from app.proposals.supports.models import Support
from app.reports.rules import Period
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.rules import ENDED
from app.taskforces.models import TaskForce
from app.taskforces.projects.closing.models import Completion
from app.taskforces.projects.partners.models import Partner


def sent_in(cycle_ids: Collection[int]) -> tuple[int, int, int]:
    """Proposals sent in to these cycles: how many, by how many people, and from how many areas."""
    counts = sa.select(
        sa.func.count(),
        sa.func.count(sa.distinct(Proposal.author_id)),
        sa.func.count(sa.distinct(Proposal.area_id)),
    )
    found = db.session.execute(counts.where(Proposal.cycle_id.in_(cycle_ids), Proposal.number.is_not(None))).one()
    return found[0], found[1], found[2]


def first_time(neighborhood_id: int, cycle_ids: Collection[int]) -> int:
    """How many people sent their very first proposal here in to one of these cycles."""
    first = (
        sa.select(Proposal.author_id, sa.func.min(Proposal.submitted_at).label("at"))
        .where(Proposal.number.is_not(None), Proposal.cycle.has(neighborhood_id=neighborhood_id))
        .group_by(Proposal.author_id)
        .subquery()
    )
    mine = sa.and_(Proposal.author_id == first.c.author_id, Proposal.submitted_at == first.c.at)
    query = sa.select(sa.func.count(sa.distinct(Proposal.author_id))).join(first, mine)
    return db.session.scalar(query.where(Proposal.cycle_id.in_(cycle_ids))) or 0


def discussed(cycle_ids: Collection[int]) -> int:
    """How many people supported a proposal of these cycles or wrote about one."""
    of = sa.select(Proposal.id).where(Proposal.cycle_id.in_(cycle_ids))
    people = sa.union(
        sa.select(Support.person_id).where(Support.proposal_id.in_(of)),
        sa.select(Comment.author_id).where(Comment.proposal_id.in_(of)),
    ).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(people)) or 0


def paper_forms(cycle_ids: Collection[int]) -> int:
    """How many proposals of these cycles came in on paper."""
    query = sa.select(sa.func.count()).select_from(PaperForm).where(PaperForm.cycle_id.in_(cycle_ids))
    return db.session.scalar(query) or 0


def areas(neighborhood_id: int) -> int:
    """How many areas a neighborhood has."""
    return db.session.scalar(sa.select(sa.func.count()).where(Area.neighborhood_id == neighborhood_id)) or 0


def came(neighborhood_id: int, time_zone: str, period: Period) -> int:
    """How many people without a seat came to the meetings of a time, those who came twice counted twice."""
    query = (
        sa.select(Meeting.starts_at, Meeting.public_count)
        .join(TaskForce, TaskForce.id == Meeting.task_force_id)
        .where(TaskForce.neighborhood_id == neighborhood_id, Meeting.stage.in_(ENDED))
    )
    return sum(
        count or 0
        for starts_at, count in db.session.execute(query)
        if period.first_on <= day_in(time_zone, starts_at) <= period.last_on
    )


def partners(project_ids: Collection[int]) -> int:
    """How many organizations help with these projects."""
    query = sa.select(sa.func.count(sa.distinct(Partner.name))).where(Partner.project_id.in_(project_ids))
    return db.session.scalar(query) or 0


def completed(project_ids: Collection[int], time_zone: str, by: date) -> int:
    """How many of these projects were completed by the end of a day."""
    query = sa.select(Completion.completed_at).where(Completion.project_id.in_(project_ids))
    return sum(day_in(time_zone, at) <= by for at in db.session.scalars(query))
