"""Reading a document behind a money fact, for whoever may."""

from dataclasses import dataclass

from app.core import files
from app.core.access import Actor
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.projects.models import Project
from app.taskforces.seats import queries as seats
from app.taskforces.spending import policies
from app.taskforces.spending.models import SpendingDocument


@dataclass(frozen=True, kw_only=True)
class Served:
    """A document to hand out."""

    content: bytes
    name: str
    is_public: bool


def sits(project: Project, actor: Actor | None) -> bool:
    """Whether somebody has a seat today in the task force of a project."""
    if actor is None or project.task_force_id is None:
        return False
    return seats.sits_in(project.task_force_id, actor.id, today(project.cycle.neighborhood.time_zone))


def served(project_id: int, document_id: int, actor: Actor | None) -> Served:
    """A project's document; NotFound where there is none, or none for this person."""
    row = db.session.get(SpendingDocument, document_id)
    if row is None or row.project_id != project_id or row.digest is None:
        raise NotFound
    where = row.project.cycle.neighborhood_id
    if not row.is_public and not policies.may_read_closed(actor, where, sits=sits(row.project, actor)):
        raise NotFound
    return Served(content=files.load(row.digest), name=f"document-{row.id}.pdf", is_public=row.is_public)
