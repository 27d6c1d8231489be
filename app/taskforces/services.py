"""Constituting a task force."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import today
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure_standing
from app.core.events import publish
from app.places.models import Neighborhood
from app.taskforces import policies
from app.taskforces.events import TaskForceConstituted
from app.taskforces.models import TaskForce
from app.taskforces.rules import slug_of


@dataclass(frozen=True, kw_only=True)
class ConstituteTaskForce:
    """A new body with its charter."""

    name: str
    charter: str


def constitute(neighborhood_id: int, command: ConstituteTaskForce, *, by: Actor) -> TaskForce:
    """Bring a task force into being, with both its co-chair seats vacant."""
    ensure_standing(policies.may_constitute(by, neighborhood_id), _("Only a clerk here can constitute a task force."))
    with transaction():
        where = locked(Neighborhood, neighborhood_id)
        if where is None:
            raise NotFound
        taken = set(db.session.scalars(sa.select(TaskForce.slug)))
        body = TaskForce(
            neighborhood_id=where.id,
            slug=slug_of(command.name, taken),
            name=command.name,
            charter=command.charter,
            constituted_on=today(where.time_zone),
        )
        db.session.add(body)
        db.session.flush()
        publish(
            TaskForceConstituted(
                actor_id=by.id,
                task_force_id=body.id,
                neighborhood_id=where.id,
                slug=body.slug,
                charter=body.charter,
            )
        )
    return body
