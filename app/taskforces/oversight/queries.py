"""Reading what overseers have said, and what was replied."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, Rows, page_of
from app.places.models import Neighborhood
from app.taskforces.models import TaskForce
from app.taskforces.oversight.models import OversightReply, OversightStatement
from app.taskforces.projects.models import Project

PAGE_SIZE = 20
Replier = aliased(Person)


@dataclass(frozen=True, kw_only=True)
class StatementRow:
    """A statement with its reply, as everybody reads it."""

    id: int
    neighborhood_id: int
    neighborhood: str
    time_zone: str
    project_id: int | None
    project: str | None
    task_force_id: int | None
    task_force: str | None
    task_force_slug: str | None
    title: str
    text: str
    recommendation: str | None
    address: str | None
    reply_due_on: date | None
    by: str
    published_at: datetime
    reply: str | None
    replied_by: str | None
    replied_at: datetime | None

    def days_overdue(self, today: date) -> int:
        """By how many days a reply is overdue; 0 where there is one, or time is left."""
        if self.reply_due_on is None or self.reply is not None:
            return 0
        return max(0, (today - self.reply_due_on).days)


def statements(*, number: int) -> Page[StatementRow]:
    """A page of all statements, newest first."""
    return page_of(_query(), number=number, size=PAGE_SIZE, row=_row)


def statement(statement_id: int) -> StatementRow:
    """One statement; NotFound where there is none."""
    found = _found(OversightStatement.id == statement_id)
    if not found:
        raise NotFound
    return found[0]


def about_project(project_id: int) -> list[StatementRow]:
    """What was said about a project, newest first."""
    return _found(OversightStatement.project_id == project_id)


def about_task_force(task_force_id: int) -> list[StatementRow]:
    """What was said about a task force or one of its projects, newest first."""
    return _found(_about([task_force_id]))


def waiting(neighborhood_id: int) -> list[StatementRow]:
    """Recommendations of a neighborhood that nobody has replied to, the first due first."""
    return _unanswered(OversightStatement.neighborhood_id == neighborhood_id)


def waiting_for(task_force_ids: Collection[int]) -> list[StatementRow]:
    """Recommendations about these task forces or their projects that nobody has replied to, the first due first."""
    return _unanswered(_about(task_force_ids))


def _unanswered(condition: sa.ColumnElement[bool]) -> list[StatementRow]:
    found = _found(condition, OversightStatement.recommendation.is_not(None), OversightReply.statement_id.is_(None))
    return sorted(found, key=lambda row: row.reply_due_on or date.max)


def _about(task_force_ids: Collection[int]) -> sa.ColumnElement[bool]:
    return sa.or_(OversightStatement.task_force_id.in_(task_force_ids), Project.task_force_id.in_(task_force_ids))


def _found(*conditions: sa.ColumnElement[bool]) -> list[StatementRow]:
    return [_row(*each) for each in db.session.execute(_query().where(*conditions))]


def _query() -> Rows:
    return (
        sa.select(
            OversightStatement,
            OversightReply,
            Neighborhood.name,
            Neighborhood.time_zone,
            Project.title,
            TaskForce.name,
            TaskForce.slug,
            Person.public_name,
            Replier.public_name,
        )
        .join(Neighborhood, Neighborhood.id == OversightStatement.neighborhood_id)
        .join(Person, Person.id == OversightStatement.person_id)
        .outerjoin(Project, Project.id == OversightStatement.project_id)
        .outerjoin(TaskForce, TaskForce.id == OversightStatement.task_force_id)
        .outerjoin(OversightReply, OversightReply.statement_id == OversightStatement.id)
        .outerjoin(Replier, Replier.id == OversightReply.person_id)
        .order_by(OversightStatement.id.desc())
    )


def _row(
    row: OversightStatement,
    reply: OversightReply | None,
    neighborhood: str,
    zone: str,
    project: str | None,
    body: str | None,
    slug: str | None,
    by: str,
    replied_by: str | None,
) -> StatementRow:
    return StatementRow(
        id=row.id,
        neighborhood_id=row.neighborhood_id,
        neighborhood=neighborhood,
        time_zone=zone,
        project_id=row.project_id,
        project=project,
        task_force_id=row.task_force_id,
        task_force=body,
        task_force_slug=slug,
        title=row.title,
        text=row.text,
        recommendation=row.recommendation,
        address=row.address,
        reply_due_on=row.reply_due_on,
        by=by,
        published_at=row.published_at,
        reply=reply.text if reply else None,
        replied_by=replied_by,
        replied_at=reply.replied_at if reply else None,
    )
