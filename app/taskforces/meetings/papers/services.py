"""The verbs of papers: put one beside an item, take it away, and clear what is left over."""

from dataclasses import dataclass
from typing import BinaryIO

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import hung
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure
from app.core.media import documents
from app.core.once import once
from app.proposals.attachments.words import said_at_file
from app.taskforces.meetings import services as meetings
from app.taskforces.meetings.items.models import AgendaItem
from app.taskforces.meetings.items.rules import MOST_PAPERS
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.papers.models import MeetingPaper
from app.taskforces.meetings.rules import Act

ROOM = "papers"


@dataclass(frozen=True, kw_only=True)
class AddPaper:
    """A file as it was sent, and what it is called."""

    title: str
    file: BinaryIO


def add(item_id: int, command: AddPaper, *, key: str, by: Actor) -> int:
    """Put a PDF beside an item; what is kept is made anew from it. After the notice it makes a new edition."""
    with said_at_file():
        made = documents.rewritten(command.file, title=command.title)
    return once(key, lambda: _added(item_id, command.title, made, by))


def take_away(paper_id: int, *, by: Actor) -> int:
    """Take a paper away; its file goes with the commit. Returns the id of its meeting."""
    with transaction():
        paper = locked(MeetingPaper, paper_id)
        if paper is None:
            raise NotFound
        meeting = meetings.opened(paper.item.meeting_id, Act.PREPARE, by)
        hung.drop(ROOM, meeting.id, paper.digest)
        db.session.delete(paper)
        meetings.tell_changed(meeting, by=by, agenda=True)
    return meeting.id


def clear_left() -> None:
    """Remove files whose row never came or is gone, after a kill; whoever is adding one holds its meeting."""
    hung.clear_left(ROOM, Meeting, lambda _meeting_id: set(db.session.scalars(sa.select(MeetingPaper.digest))))


def _added(item_id: int, title: str, made: documents.Document, by: Actor) -> int:
    item = db.session.get(AgendaItem, item_id)
    if item is None:
        raise NotFound
    meeting = meetings.opened(item.meeting_id, Act.PREPARE, by)
    _ensure_room(item_id)
    with hung.drafted(ROOM, meeting.id, made.content) as digest:
        return _kept(meeting, item_id, title, digest, made, by)


def _kept(meeting: Meeting, item_id: int, title: str, digest: str, made: documents.Document, by: Actor) -> int:
    paper = MeetingPaper(
        item_id=item_id, title=title, digest=digest, pages=made.pages, weight=len(made.content), added_at=now()
    )
    db.session.add(paper)
    meetings.tell_changed(meeting, by=by, agenda=True)
    return paper.id


def _ensure_room(item_id: int) -> None:
    query = sa.select(sa.func.count()).select_from(MeetingPaper).where(MeetingPaper.item_id == item_id)
    full = _("An item has room for 10 papers. Take one away first.")
    ensure((db.session.scalar(query) or 0) < MOST_PAPERS, "too_many", full, field="file")
