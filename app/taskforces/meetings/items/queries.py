"""Reading an agenda."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.meetings.items.models import AgendaItem
from app.taskforces.meetings.items.rules import Purpose
from app.taskforces.projects.models import Project


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """An item of an agenda; its `note` and `motion` are only for those who lead the meeting, empty for others."""

    id: int
    meeting_id: int
    position: int
    title: str
    purpose: Purpose
    about: str
    lead: str
    minutes: int
    note: str
    motion: str | None
    project_id: int | None
    project_title: str | None


@dataclass(frozen=True, kw_only=True)
class Timed:
    """An item and when it is to begin."""

    item: ItemFacts
    begins_at: datetime


def items(meeting_id: int, *, notes: bool = False) -> list[ItemFacts]:
    """The agenda in its order; `notes` only for those who may see them."""
    return _rows(AgendaItem.meeting_id == meeting_id, notes=notes)


def item(item_id: int) -> ItemFacts:
    """One item with its note, for those who prepare the meeting; NotFound where there is none."""
    found = _rows(AgendaItem.id == item_id, notes=True)
    if not found:
        raise NotFound
    return found[0]


def timed(agenda: list[ItemFacts], starts_at: datetime) -> list[Timed]:
    """The agenda with the moment at which each item begins if every one takes its minutes."""
    found, at = [], starts_at
    for each in agenda:
        found.append(Timed(item=each, begins_at=at))
        at += timedelta(minutes=each.minutes)
    return found


def _rows(condition: sa.ColumnElement[bool], *, notes: bool) -> list[ItemFacts]:
    columns = AgendaItem.__table__.c
    query = sa.select(*columns, Project.title.label("project_title")).outerjoin(
        Project, Project.id == columns.project_id
    )
    rows = db.session.execute(query.where(condition).order_by(columns.position))
    return [ItemFacts(**{**row._mapping, **({} if notes else {"note": "", "motion": None})}) for row in rows]
