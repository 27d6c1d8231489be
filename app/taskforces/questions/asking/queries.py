"""Reading what one can ask about in a neighborhood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from app.core.clock import now
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle
from app.places.models import Area, Neighborhood
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.rules import PUBLIC
from app.taskforces.meetings.rules import code as meeting_code
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code
from app.taskforces.questions.rules import Subject
from app.taskforces.rules import BodyStage

LATELY = timedelta(weeks=8)
"""So long a meeting is offered after its day."""


@dataclass(frozen=True, kw_only=True)
class About:
    """Something one can ask about; `key` stands for it in a form, like `project-3`."""

    subject: Subject
    id: int
    name: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.subject.value}-{self.id}"


def subjects(neighborhood_id: int) -> Sequence[About]:
    """All one can ask about: the neighborhood, its task forces, its areas, its meetings, its projects."""
    where = db.session.get(Neighborhood, neighborhood_id)
    if where is None:
        raise NotFound
    forces = sa.select(TaskForce.id, TaskForce.name).where(
        TaskForce.neighborhood_id == where.id, TaskForce.stage != BodyStage.DISSOLVED
    )
    places = sa.select(Area.id, Area.name).where(Area.neighborhood_id == where.id).order_by(Area.name)
    projects = (
        sa.select(Project.id, Cycle.year, Project.number, Project.title)
        .join(Cycle, Cycle.id == Project.cycle_id)
        .where(Cycle.neighborhood_id == where.id)
        .order_by(Cycle.year.desc(), Project.number)
    )
    found = [About(subject=Subject.NEIGHBORHOOD, id=where.id, name=where.name)]
    for subject, query in ((Subject.TASK_FORCE, forces.order_by(TaskForce.name)), (Subject.AREA, places)):
        found += [About(subject=subject, id=id_, name=name) for id_, name in db.session.execute(query)]
    found += _meetings(where)
    for id_, year, number, title in db.session.execute(projects):
        found.append(About(subject=Subject.PROJECT, id=id_, name=f"{code(year, number)} {title}"))
    return found


def neighborhood_of(subject: Subject, id_: int) -> int:
    """Where something one can ask about is; NotFound where there is no such thing."""
    queries = {
        Subject.NEIGHBORHOOD: sa.select(Neighborhood.id).where(Neighborhood.id == id_),
        Subject.TASK_FORCE: sa.select(TaskForce.neighborhood_id).where(TaskForce.id == id_),
        Subject.AREA: sa.select(Area.neighborhood_id).where(Area.id == id_),
        Subject.MEETING: sa.select(TaskForce.neighborhood_id)
        .join(Meeting, Meeting.task_force_id == TaskForce.id)
        .where(Meeting.id == id_, Meeting.stage.in_(PUBLIC)),
        Subject.PROJECT: sa.select(Cycle.neighborhood_id)
        .join(Project, Project.cycle_id == Cycle.id)
        .where(Project.id == id_),
    }
    found = db.session.scalar(queries[subject])
    if found is None:
        raise NotFound
    return found


def _meetings(where: Neighborhood) -> list[About]:
    """Meetings that were noticed, those to come and of the last weeks, from the latest."""
    query = (
        sa.select(Meeting.id, Meeting.task_force_id, Meeting.number, Meeting.title)
        .join(TaskForce, TaskForce.id == Meeting.task_force_id)
        .where(TaskForce.neighborhood_id == where.id, Meeting.stage.in_(PUBLIC), Meeting.starts_at > now() - LATELY)
        .order_by(Meeting.starts_at.desc())
    )
    found = db.session.execute(query)
    names = ((id_, f"{meeting_code(body, number)} {title}") for id_, body, number, title in found)
    return [About(subject=Subject.MEETING, id=id_, name=name) for id_, name in names]
