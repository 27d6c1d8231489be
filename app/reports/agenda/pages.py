"""R10 as a document: the poster, the agenda, its tables as files, and the papers that are bound into it."""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import format_time
from flask_babel import gettext as _

from app.core.errors import NotFound
from app.core.files import MissingFile
from app.core.moments import day_in, moment
from app.core.tables import records
from app.reports.agenda.figures import figures
from app.reports.pages import Block, Document, Figures
from app.reports.rules import Line, told
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.items.words import PURPOSES
from app.taskforces.meetings.papers import queries as papers
from app.taskforces.meetings.rules import MeetingStage
from app.taskforces.meetings.words import KINDS, STAGES
from app.taskforces.seats.words import SIDES

ITEMS = ("position", "begins_at", "title", "purpose", "lead", "minutes", "project_title")
PAPERS = ("number", "item", "title", "pages", "weight", "sha256")
LONG_TITLE, LONG_WORDS = 60, 240
MOST_PAGES, MOST_BYTES = 400, 40_000_000
"""Of all papers together: one pack has to go through a printer, a mailbox and this machine's memory."""


def title(snapshot: Figures) -> str:
    """What meeting it is the notice of."""
    return str(_("Notice and agenda: %(meeting)s", meeting=snapshot["meeting"]["title"]))


def facts(snapshot: Figures) -> dict[str, Any]:
    """What the template is given: the report, the words of its codes, and where questions are asked."""
    report = told(snapshot)
    return {
        "report": report,
        "hours": hours(report.meeting.starts_at, report.meeting.ends_at, report.meeting.time_zone),
        "is_long": is_long(report.meeting),
        "clock_of": lambda at: clock_of(at, report.meeting.time_zone),
        "meeting_kinds": KINDS,
        "meeting_stages": STAGES,
        "purposes": PURPOSES,
        "sides": SIDES,
        "ask_at": url_for("asking.ask", about=f"meeting-{report.meeting.id}"),
    }


def is_long(meeting: SimpleNamespace) -> bool:
    """Whether the poster needs smaller letters to stay on one page."""
    said = meeting.place + meeting.access + meeting.interpretation + (getattr(meeting, "childcare", None) or "")
    return len(meeting.title) > LONG_TITLE or len(said) > LONG_WORDS


def hours(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """From when until when by the clocks of the neighborhood; where it ends on another day, with that day."""
    until = clock_of(ends_at, zone) if day_in(zone, starts_at) == day_in(zone, ends_at) else moment(ends_at, zone)
    return str(_("%(begins)s to %(ends)s", begins=clock_of(starts_at, zone), ends=until))


def clock_of(at: datetime, zone: str) -> str:
    """What the clocks of the neighborhood show at a moment."""
    return str(format_time(at.astimezone(ZoneInfo(zone)), "short", rebase=False))


def tables(snapshot: Figures) -> dict[str, bytes]:
    """Agenda and papers as CSV, from the same figures."""
    return {
        "agenda.csv": records(ITEMS, snapshot["items"]),
        "papers.csv": records(PAPERS, snapshot["papers"]),
    }


def annexes(snapshot: Figures) -> dict[str, bytes]:
    """The papers as they were handed in, by name; MissingFile where one was taken away since."""
    return {f"paper-{row['number']}": _content(row["kept"]) for row in snapshot["papers"]}


def blocks(line: Line) -> Sequence[Block]:
    """A meeting nobody is invited to yet has no notice, and a pack that is too heavy is not bound."""
    meeting = meetings.facts(line.subject_id)
    where = f"/meetings/{meeting.id}"
    if meeting.stage is MeetingStage.DRAFT:
        return (Block(said=str(_("This meeting is not announced yet.")), url=where),)
    found = papers.kept(meeting.id)
    if sum(row.pages for row in found) > MOST_PAGES or sum(row.weight for row in found) > MOST_BYTES:
        said = _("The papers have more than 400 pages, or 40 MB, together. Take some away, or put shorter ones there.")
        return (Block(said=str(said), url=where),)
    return ()


def _content(digest: str) -> bytes:
    try:
        return papers.content(digest)
    except NotFound as reason:
        raise MissingFile(digest) from reason


TEXTS = (
    "meeting.title meeting.access meeting.interpretation meeting.childcare meeting.reason items.title items.about "
    "items.project_title papers.title changes.reason"
).split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures,
    title=title,
    facts=facts,
    template="reports/agenda/_body.html",
    sheet="reports/agenda/sheet.html",
    blocks=blocks,
    tables=tables,
    annexes=annexes,
    texts=TEXTS,
)
