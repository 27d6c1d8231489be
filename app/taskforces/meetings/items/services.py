"""The verbs of an agenda: add an item, change it, move it, take it off."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, transaction
from app.core.errors import NotFound, ensure
from app.taskforces.meetings import services as meetings
from app.taskforces.meetings.items.models import AgendaItem
from app.taskforces.meetings.items.rules import MOST_ITEMS, Purpose, moved
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.papers.models import MeetingPaper
from app.taskforces.meetings.rules import Act
from app.taskforces.projects.models import Project


@dataclass(frozen=True, kw_only=True)
class WriteItem:
    """What to talk about, what for, who leads, for how many minutes, and a note for those who lead the meeting."""

    title: str
    purpose: Purpose
    about: str
    lead: str
    minutes: int
    note: str
    project_id: int | None = None
    """The project of the task force it is about, if it is about one."""
    motion: str | None = None
    """A draft of what is put to the vote, for those who lead the meeting."""


def add(meeting_id: int, command: WriteItem, *, by: Actor) -> AgendaItem:
    """Put an item at the end of the agenda; after the notice this makes a new edition of it."""
    with transaction():
        meeting = meetings.opened(meeting_id, Act.PREPARE, by)
        last = db.session.scalar(sa.select(sa.func.max(AgendaItem.position)).where(_of(meeting))) or 0
        full = _("An agenda has room for 30 items. Take one off first.")
        ensure(len(_order(meeting)) < MOST_ITEMS, "full", full)
        _ensure_ours(meeting, command.project_id)
        item = AgendaItem(meeting_id=meeting.id, position=last + 1, **_facts(command))
        db.session.add(item)
        meetings.tell_changed(meeting, by=by, agenda=True)
    return item


def change(item_id: int, command: WriteItem, *, by: Actor) -> AgendaItem:
    """Change an item; one whose public words stay the same makes no new edition."""
    with transaction():
        item, meeting = _opened(item_id, by)
        _ensure_ours(meeting, command.project_id)
        before = _public(item)
        for name, value in _facts(command).items():
            setattr(item, name, value)
        meetings.tell_changed(meeting, by=by, agenda=_public(item) != before)
    return item


def move(item_id: int, *, up: bool, by: Actor) -> None:
    """Move an item one place up or down."""
    with transaction():
        item, meeting = _opened(item_id, by)
        rows = {row.id: row for row in _order(meeting)}
        order = moved(list(rows), item.id, up=up)
        if order == list(rows):
            return
        for position, row_id in enumerate(order, start=1):
            rows[row_id].position = -position
        db.session.flush()
        for row in rows.values():
            row.position = -row.position
        meetings.tell_changed(meeting, by=by, agenda=True)


def take_off(item_id: int, *, by: Actor) -> None:
    """Take an item off the agenda; the last one of an announced meeting stays."""
    with transaction():
        item, meeting = _opened(item_id, by)
        alone = _("An announced meeting has at least one item.")
        ensure(meeting.noticed_at is None or len(_order(meeting)) > 1, "last_item", alone)
        kept = sa.exists().where(MeetingPaper.item_id == item.id)
        beside = _("Papers stand beside this item. Take them away first.")
        ensure(not db.session.scalar(sa.select(kept)), "has_papers", beside)
        db.session.delete(item)
        meetings.tell_changed(meeting, by=by, agenda=True)


def _opened(item_id: int, by: Actor) -> tuple[AgendaItem, Meeting]:
    item = db.session.get(AgendaItem, item_id)
    if item is None:
        raise NotFound
    meeting = meetings.opened(item.meeting_id, Act.PREPARE, by)
    db.session.refresh(item)
    return item, meeting


def _order(meeting: Meeting) -> list[AgendaItem]:
    return list(db.session.scalars(sa.select(AgendaItem).where(_of(meeting)).order_by(AgendaItem.position)))


def _of(meeting: Meeting) -> sa.ColumnElement[bool]:
    return AgendaItem.meeting_id == meeting.id


def _facts(command: WriteItem) -> dict[str, object]:
    return {
        "title": command.title,
        "purpose": command.purpose,
        "about": command.about,
        "lead": command.lead,
        "minutes": command.minutes,
        "note": command.note,
        "motion": command.motion,
        "project_id": command.project_id,
    }


def _public(item: AgendaItem) -> tuple[object, ...]:
    return item.title, item.purpose, item.about, item.lead, item.minutes, item.project_id


def _ensure_ours(meeting: Meeting, project_id: int | None) -> None:
    if project_id is not None:
        project = db.session.get(Project, project_id)
        ours = project is not None and project.task_force_id == meeting.task_force_id
        ensure(ours, "not_ours", _("Choose a project of this task force."), field="project")
