"""A meeting that was lived through, its minutes, and their editions, for tests of what is printed about meetings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.core.clock import today
from app.core.db import db, transaction
from app.reports import pages, queries
from app.reports.making import services as making
from app.reports.rules import Form, ReportKind
from app.taskforces.interests.models import Interest
from app.taskforces.interests.rules import Effect
from app.taskforces.meetings.minutes import queries as minutes
from app.taskforces.meetings.minutes import services as writing
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.outcomes import services as outcomes
from app.taskforces.meetings.outcomes.services import AgreeAction
from app.taskforces.meetings.sessions import services as sessions
from app.taskforces.seats.rules import SeatKind
from tests import make
from tests.browser import Browser, Page
from tests.reports import printing, reading
from tests.reports.reading import Paper
from tests.taskforces.meetings import gathering
from tests.taskforces.meetings.gathering import Body
from tests.taskforces.meetings.test_outcomes import AGAINST, agree, decide


@dataclass(frozen=True, kw_only=True)
class Printed:
    """An edition read back: what was frozen, its page, the HTML of its paper, and the paper, made twice."""

    text: str
    figures: Mapping[str, Any]
    page: Page
    document: str
    pdf: bytes
    again: bytes
    archive: bytes
    paper: Paper


KEPT: dict[str, Printed] = {}
"""By name, so that each document is printed once: triggers let no rows of a session be put back after it."""
HOSTILE = "=HYPERLINK('file:///etc/passwd') <i onclick=x()>lamp</i>"
SECRET = "Ask about the fuse."
"""The internal note on every item of `gathering`, which is for those who lead the meeting only."""


def held(body: Body) -> Meeting:
    """A meeting with a note, two decisions, an action and a young member, which has ended."""
    earlier = gathering.in_session(body)
    agree(earlier, body, text="Measure the light")
    sessions.end_session(earlier.id, by=body.ada)
    with transaction():
        earlier.opened_at -= timedelta(days=30)
    make.seated(body.row, SeatKind.YOUTH)
    meeting = gathering.in_session(body)
    outcomes.note(gathering.item(meeting), HOSTILE, by=body.ada)
    decide(meeting, body, review_on=today() + timedelta(days=300))
    decide(meeting, body, text="We paint the bridge.", institution=AGAINST)
    action = AgreeAction(text="Ask for prices", owner_seat_id=None, owner="Streets", due_on=today() + timedelta(days=7))
    outcomes.agree_action(gathering.item(meeting), action, by=body.ada)
    sessions.end_session(meeting.id, by=body.ada)
    return meeting


def drafted(body: Body) -> Meeting:
    """The same with a first draft of its minutes."""
    meeting = held(body)
    writing.draft(meeting.id, by=body.ada)
    return meeting


def approved(body: Body) -> Meeting:
    """The same, amended once and approved by the next meeting."""
    meeting = drafted(body)
    approve(meeting, body)
    return meeting


def approve(meeting: Meeting, body: Body) -> None:
    """Correct the draft of the minutes, and have the next meeting approve it."""
    corrected = minutes.newest(meeting.id).body.replace("six lamps", "seven lamps")
    command = writing.AmendMinutes(body=corrected, change="It was seven lamps", read_up_to=1)
    writing.amend(meeting.id, command, by=body.ben)
    decide(gathering.in_session(body), body, approves=meeting.id)


def interested(body: Body) -> None:
    """Ada has declared an interest that is on record."""
    organization = make.organization(body.row.neighborhood)
    with transaction():
        db.session.add(
            Interest(
                person_id=body.ada.id,
                organization_id=organization.id,
                effect=Effect.NOTE,
                text="My brother works there as a bookkeeper.",
                starts_on=today(),
                declared_by_id=body.ada.id,
                declared_at=gathering.clock.now(),
            )
        )


def minutes_of(meeting_id: int, **more) -> int:
    """The minutes of a meeting, frozen."""
    return printing.publish(ReportKind.MINUTES, meeting_id, **more)


def agenda_of(meeting_id: int, **more) -> int:
    """The notice and agenda of a meeting, frozen."""
    return printing.publish(ReportKind.AGENDA, meeting_id, **more)


def read_back(name: str, app, build: Callable[[Any], int]) -> Printed:
    """The edition whose id `build` gives, built and read back once."""
    if name not in KEPT:
        edition_id = build(app)
        edition, pdf = queries.detail(edition_id), printing.pdf_of(edition_id)
        KEPT[name] = Printed(
            text=edition.text,
            figures=edition.snapshot["figures"],
            page=Browser(app).open(f"/reports/{edition_id}"),
            document=document_of(app, edition_id),
            pdf=pdf,
            again=making.rendered(edition_id, "en", Form.READERS),
            archive=printing.pdf_of(edition_id, form=Form.ARCHIVE),
            paper=reading.paper(pdf),
        )
    return KEPT[name]


def document_of(app, edition_id: int, form: Form = Form.READERS) -> str:
    """The HTML that the PDF of an edition is made of, without making it."""
    with app.test_request_context(base_url=app.config["SITE_URL"]):
        return pages.sheet(queries.detail(edition_id), "en", form).document
