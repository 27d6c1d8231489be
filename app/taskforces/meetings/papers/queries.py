"""Reading papers: those of a meeting, and the file behind one."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core import hung
from app.core.access import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.meetings.items.models import AgendaItem
from app.taskforces.meetings.papers.models import MeetingPaper
from app.taskforces.meetings.queries import meeting
from app.taskforces.meetings.rules import MeetingStage


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """A paper, with its weight in bytes."""

    id: int
    item_id: int
    title: str
    pages: int
    weight: int


@dataclass(frozen=True, kw_only=True)
class KeptPaper(PaperRow):
    """A paper with the hash under which its file is kept."""

    digest: str


@dataclass(frozen=True, kw_only=True)
class ServedPaper:
    """The file of a paper, and whether everybody may see it."""

    title: str
    content: bytes
    is_public: bool


def papers(meeting_id: int) -> dict[int, list[PaperRow]]:
    """The papers of a meeting by the id of their item, in the order they were added."""
    columns = MeetingPaper.__table__.c
    query = sa.select(columns.id, columns.item_id, columns.title, columns.pages, columns.weight)
    query = query.join(AgendaItem, AgendaItem.id == columns.item_id).where(AgendaItem.meeting_id == meeting_id)
    found: dict[int, list[PaperRow]] = {}
    for row in db.session.execute(query.order_by(columns.id)):
        found.setdefault(row.item_id, []).append(PaperRow(**row._mapping))
    return found


def kept(meeting_id: int) -> list[KeptPaper]:
    """The papers of a meeting in the order of its agenda, with where their files are."""
    columns = MeetingPaper.__table__.c
    names = ("id", "item_id", "title", "pages", "weight", "digest")
    query = sa.select(*(columns[name] for name in names)).join(AgendaItem, AgendaItem.id == columns.item_id)
    query = query.where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.position, columns.id)
    return [KeptPaper(**row._mapping) for row in db.session.execute(query)]


def content(digest: str) -> bytes:
    """The file that is kept under this hash; NotFound where it was taken away."""
    return hung.content(digest)


def served(paper_id: int, viewer: Actor | None) -> ServedPaper:
    """The file of a paper; NotFound where there is none, and for strangers while the meeting is being prepared."""
    paper = db.session.get(MeetingPaper, paper_id)
    if paper is None:
        raise NotFound
    told = meeting(paper.item.meeting_id, viewer)
    content = hung.content(paper.digest)
    return ServedPaper(title=paper.title, content=content, is_public=told.stage is not MeetingStage.DRAFT)
