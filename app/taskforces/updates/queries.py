"""Reading what task forces have published: of a project, and the latest of all."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Actor
from app.core.db import db
from app.cycles.models import Cycle
from app.places.models import Neighborhood
from app.taskforces.projects.models import Project
from app.taskforces.projects.policies import may_lead
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import ALLOWED, Act, code
from app.taskforces.seats import queries as seats
from app.taskforces.updates.models import Update


@dataclass(frozen=True, kw_only=True)
class UpdateRow:
    """One update, and the project it is about."""

    id: int
    project_id: int
    project_code: str
    project_title: str
    what_changed: str
    why: str
    what_next: str
    by: str
    published_at: datetime
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a project's page says of its updates: all of them, newest first, and whether this person may write one."""

    updates: tuple[UpdateRow, ...]
    may_write: bool


def around(project: ProjectCard, viewer: Actor | None, on: date) -> Told:
    """Everything about updates that a project's page shows to `viewer` on a day."""
    leads = may_lead(viewer, seats.co_chair_ids(project.task_force_id, on)) if viewer else False
    may_write = leads and project.stage in ALLOWED[Act.UPDATE]
    return Told(updates=tuple(of_project(project.id)), may_write=may_write)


def latest(limit: int = 5) -> list[UpdateRow]:
    """What task forces have published lately, over all projects."""
    return _updates(sa.true(), limit)


def of_project(project_id: int) -> list[UpdateRow]:
    """A project's updates, newest first."""
    return _updates(Update.project_id == project_id, None)


def _updates(condition: sa.ColumnElement[bool], limit: int | None) -> list[UpdateRow]:
    query = (
        sa.select(Update, Project.number, Project.title, Cycle.year, Person.public_name, Neighborhood.time_zone)
        .join(Project, Project.id == Update.project_id)
        .join(Cycle, Cycle.id == Project.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .join(Person, Person.id == Update.person_id)
        .where(condition)
        .order_by(Update.published_at.desc(), Update.id.desc())
        .limit(limit)
    )
    return [
        UpdateRow(
            id=row.id,
            project_id=row.project_id,
            project_code=code(year, number),
            project_title=title,
            what_changed=row.what_changed,
            why=row.why,
            what_next=row.what_next,
            by=by,
            published_at=row.published_at,
            time_zone=zone,
        )
        for row, number, title, year, by, zone in db.session.execute(query)
    ]
