"""Reading task forces: the list, and one with its seats."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.places.models import Neighborhood
from app.taskforces.models import TaskForce
from app.taskforces.seats import queries as seats


@dataclass(frozen=True, kw_only=True)
class TaskForceFacts:
    """A task force and where it works."""

    id: int
    slug: str
    name: str
    charter: str
    constituted_on: date
    neighborhood_id: int
    neighborhood_slug: str
    neighborhood_name: str
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class TaskForceCard:
    """A task force in a list, with the public names of its chairs."""

    facts: TaskForceFacts
    chairs: tuple[str, ...]

    @property
    def vacancies(self) -> int:
        """How many of its two leading seats are vacant."""
        return max(0, 2 - len(self.chairs))


def task_forces(neighborhood_id: int | None = None) -> list[TaskForceFacts]:
    """Every task force (of a neighborhood) by name."""
    return _rows(sa.true() if neighborhood_id is None else TaskForce.neighborhood_id == neighborhood_id)


def cards() -> list[TaskForceCard]:
    """Every task force with its chairs, in two statements."""
    found = task_forces()
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
            TaskForce.constituted_on,
            Neighborhood.id.label("neighborhood_id"),
            Neighborhood.slug.label("neighborhood_slug"),
            Neighborhood.name.label("neighborhood_name"),
            Neighborhood.time_zone,
        )
        .join(Neighborhood, Neighborhood.id == TaskForce.neighborhood_id)
        .where(condition)
        .order_by(TaskForce.name, TaskForce.id)
    )
    return [TaskForceFacts(**row._mapping) for row in db.session.execute(query)]
