"""The verbs of papers: put one beside an item, take it away, and clear what is left over."""

from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import files
from app.core.access import Actor
from app.core.clock import now
from app.core.db import after_commit, db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure
from app.core.media import documents
from app.core.once import once
from app.core.tokens import random_id
from app.proposals.attachments.words import NO_PDF
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
    try:
        made = documents.rewritten(command.file, title=command.title)
    except documents.NotADocument as reason:
        raise DomainError(reason.fault.value, str(NO_PDF[reason.fault]), field="file") from reason
    return once(key, lambda: _added(item_id, command.title, made, by))


def take_away(paper_id: int, *, by: Actor) -> int:
    """Take a paper away; its file goes with the commit. Returns the id of its meeting."""
    with transaction():
        paper = locked(MeetingPaper, paper_id)
        if paper is None:
            raise NotFound
        meeting = meetings.opened(paper.item.meeting_id, Act.PREPARE, by)
        name = f"{ROOM}/{meeting.id}-{paper.digest}-away"
        files.doubt(name, paper.digest)
        after_commit(partial(files.settle, name, kept=None))
        db.session.delete(paper)
        meetings.tell_changed(meeting, by=by, agenda=True)
    return meeting.id


def clear_left() -> None:
    """Remove files whose row never came or is gone, after a kill; whoever is adding one holds its meeting."""
    for name in files.drafts(ROOM):
        with transaction():
            locked(Meeting, int(name.removeprefix(f"{ROOM}/").partition("-")[0]))
            digests = set(db.session.scalars(sa.select(MeetingPaper.digest)))
            files.settle(name, kept=digests)


def _added(item_id: int, title: str, made: documents.Document, by: Actor) -> int:
    item = db.session.get(AgendaItem, item_id)
    if item is None:
        raise NotFound
    meeting = meetings.opened(item.meeting_id, Act.PREPARE, by)
    _ensure_room(item_id)
    mark = random_id()
    name = f"{ROOM}/{meeting.id}-{mark.hex()}"
    with files.draft(name, mark + made.content) as digest:
        paper_id = _kept(meeting, item_id, title, digest, made, by)
    after_commit(partial(files.settle, name, kept=digest))
    return paper_id


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
