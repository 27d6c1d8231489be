"""Reading task forces: the list, one with its seats, and what waits in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.places.models import Area, Neighborhood
from app.proposals.models import Proposal
from app.proposals.rules import Stage as ProposalStage
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.rules import TAKES_PROJECTS, BodyStage, Circumstances, Impairment
from app.taskforces.seats import queries as seats
from app.taskforces.signing import queries as signing
from app.voting.fixing.models import BallotLine
from app.voting.models import Option

OVER = frozenset({ProjectStage.EVALUATED, ProjectStage.CANCELLED})
"""Stages in which a task force has nothing left to do for a project."""


@dataclass(frozen=True, kw_only=True)
class TaskForceFacts:
    """A task force and where it works."""

    id: int
    slug: str
    name: str
    charter: str
    theme: str
    area_id: int | None
    area: str | None
    review_on: date | None
    stage: BodyStage
    stage_since: date
    impaired_by: Impairment | None
    constituted_on: date
    """The day it was constituted, or while it is not, the day it was proposed."""
    successor_id: int | None
    neighborhood_id: int
    neighborhood_slug: str
    neighborhood_name: str
    time_zone: str

    @property
    def takes_projects(self) -> bool:
        """Whether a project may be given to it now."""
        return self.stage in TAKES_PROJECTS


@dataclass(frozen=True, kw_only=True)
class TaskForceCard:
    """A task force in a list, with the public names of its chairs."""

    facts: TaskForceFacts
    chairs: tuple[str, ...]

    @property
    def vacancies(self) -> int:
        """How many of its two leading seats are vacant; a dissolved one has none."""
        return 0 if self.facts.stage is BodyStage.DISSOLVED else max(0, 2 - len(self.chairs))


def task_forces(neighborhood_id: int | None = None) -> list[TaskForceFacts]:
    """Every task force (of a neighborhood) that is not dissolved, by name."""
    here = sa.true() if neighborhood_id is None else TaskForce.neighborhood_id == neighborhood_id
    return _rows(sa.and_(here, TaskForce.stage != BodyStage.DISSOLVED))


def cards() -> list[TaskForceCard]:
    """Every task force with its chairs, the dissolved ones last, in two statements."""
    found = sorted(_rows(sa.true()), key=lambda body: body.stage is BodyStage.DISSOLVED)
    held = seats.co_chairs([body.id for body in found], today()) if found else []
    return [
        TaskForceCard(facts=body, chairs=tuple(seat.name for seat in held if seat.task_force_id == body.id))
        for body in found
    ]


def task_force(slug: str) -> TaskForceFacts:
    """The task force with this address; NotFound where there is none."""
    return _one(TaskForce.slug == slug)


def task_force_of(task_force_id: int) -> TaskForceFacts:
    """The task force with this id; NotFound where there is none."""
    return _one(TaskForce.id == task_force_id)


def impairment(task_force_id: int | None) -> Impairment | None:
    """Why a task force is impaired; None where it is not. While it is, no large new commitment is made (rule 6)."""
    query = sa.select(TaskForce.impaired_by).where(TaskForce.id == task_force_id)
    return db.session.scalar(query) if task_force_id is not None else None


def unfinished(task_force_id: int) -> list[int]:
    """The ids of the projects in a task force's hands that are not over."""
    mine = sa.and_(Project.task_force_id == task_force_id, Project.stage.not_in(OVER))
    return list(db.session.scalars(sa.select(Project.id).where(mine).order_by(Project.id)))


def to_constitute(neighborhood_ids: Collection[int] | None) -> int:
    """How many task forces of these neighborhoods (None: of all) are only proposed, and wait for seats or the clerk."""
    query = sa.select(sa.func.count()).where(TaskForce.stage == BodyStage.PROPOSED)
    if neighborhood_ids is not None:
        query = query.where(TaskForce.neighborhood_id.in_(neighborhood_ids))
    return db.session.scalar(query) or 0


def circumstances(body: TaskForce, on: date, *, has_successor: bool = False) -> Circumstances:
    """What the next step of a task force depends on."""
    return Circumstances(
        charter=body.charter,
        chairs=len(seats.co_chairs([body.id], on)),
        projects=len(unfinished(body.id)),
        has_successor=has_successor,
        waits_for_signatures=bool(signing.open_of([body.id])),
        is_named=_is_named(body.slug),
    )


def _is_named(slug: str) -> bool:
    """Whether a ballot names the task force for an option that may still come to it."""
    query = (
        sa.select(Option.proposal_id)
        .join(BallotLine, sa.and_(BallotLine.vote_id == Option.vote_id, BallotLine.number == Option.number))
        .outerjoin(Project, Project.proposal_id == Option.proposal_id)
        .join(Proposal, Proposal.id == Option.proposal_id)
        .where(BallotLine.task_force_slug == slug)
        .where(sa.or_(Project.stage == ProjectStage.FUNDED, Proposal.stage == ProposalStage.ON_BALLOT))
    )
    return db.session.execute(query.limit(1)).first() is not None


def _one(condition: sa.ColumnElement[bool]) -> TaskForceFacts:
    found = _rows(condition)
    if not found:
        raise NotFound
    return found[0]


def _rows(condition: sa.ColumnElement[bool]) -> list[TaskForceFacts]:
    query = (
        sa.select(
            TaskForce.id,
            TaskForce.slug,
            TaskForce.name,
            TaskForce.charter,
            TaskForce.theme,
            TaskForce.area_id,
            Area.name.label("area"),
            TaskForce.review_on,
            TaskForce.stage,
            TaskForce.stage_since,
            TaskForce.impaired_by,
            sa.func.coalesce(TaskForce.constituted_on, TaskForce.proposed_on).label("constituted_on"),
            TaskForce.successor_id,
            Neighborhood.id.label("neighborhood_id"),
            Neighborhood.slug.label("neighborhood_slug"),
            Neighborhood.name.label("neighborhood_name"),
            Neighborhood.time_zone,
        )
        .join(Neighborhood, Neighborhood.id == TaskForce.neighborhood_id)
        .outerjoin(Area, Area.id == TaskForce.area_id)
        .where(condition)
        .order_by(TaskForce.name, TaskForce.id)
    )
    return [TaskForceFacts(**row._mapping) for row in db.session.execute(query)]
