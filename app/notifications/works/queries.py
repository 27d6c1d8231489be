"""Reading of which projects residents are asked now and nobody was told, and what the mail says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.core.clock import today
from app.core.db import db
from app.cycles.models import Cycle
from app.notifications.followers import queries as followers
from app.notifications.followers.models import FollowersTold
from app.taskforces.projects import queries as projects
from app.taskforces.projects.closing.models import Completion
from app.taskforces.projects.confirming import queries as confirming
from app.taskforces.projects.confirming.rules import ASKED_FOR
from app.taskforces.projects.models import Project

Facts = Mapping[str, Any]


def untold(neighborhood_id: int, on: date) -> list[int]:
    """The projects of a neighborhood about which residents can answer on a day, and nobody has been told so."""
    told = sa.exists().where(FollowersTold.project_id == Completion.project_id)
    asked = Completion.confirm_on <= on, Completion.confirm_on > on - ASKED_FOR
    query = sa.select(Project.id).join(Completion, Completion.project_id == Project.id)
    query = query.join(Cycle, Cycle.id == Project.cycle_id).where(Cycle.neighborhood_id == neighborhood_id)
    return list(db.session.scalars(query.where(*asked, ~told).order_by(Project.id)))


def crowd(facts: Facts) -> set[int]:
    """Everybody who follows the project, whether they have answered or not: a mail that some do not get would say
    that they answered before it was written."""
    return followers.of_project(facts["project_id"])


def asked(facts: Facts) -> dict[str, Any] | None:
    """The project and the last day; None once that is over."""
    project, days = projects.project(facts["project_id"]), confirming.days_of(facts["project_id"])
    if days is None or today(project.time_zone) > days.last_on:
        return None
    return {**facts, "title": project.title, "place": project.neighborhood, "last_on": days.last_on}
