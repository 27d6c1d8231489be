"""A task force and its meeting in any stage, for tests of meetings."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest

from app.core import clock
from app.core.access import Actor
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.taskforces.meetings import services
from app.taskforces.meetings.items import services as items
from app.taskforces.meetings.items.models import AgendaItem
from app.taskforces.meetings.items.rules import Purpose
from app.taskforces.meetings.items.services import WriteItem
from app.taskforces.meetings.minutes.models import MinutesDraft
from app.taskforces.meetings.minutes.rules import digest_of
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.queries import facts, sitting
from app.taskforces.meetings.rules import ENDED, MeetingKind, MeetingStage, Presence
from app.taskforces.meetings.services import When, WriteMeeting
from app.taskforces.meetings.sessions import queries as session_queries
from app.taskforces.meetings.sessions import services as sessions
from app.taskforces.models import TaskForce
from app.taskforces.seats.rules import Side
from tests import make

numbers = count(1)
S = MeetingStage


@dataclass(frozen=True)
class Body:
    """A task force with a chair on each side."""

    row: TaskForce
    ada: Actor
    ben: Actor


def body() -> Body:
    """A task force with Ada in the chair of the community, and Ben in that of the institution."""
    row = make.task_force()
    return Body(row, make.co_chair(row), make.co_chair(row, Side.INSTITUTION))


def when(days: int = 10, begins: time = time(18, 30), ends: time = time(20, 0)) -> When:
    return When(day=clock.today() + timedelta(days=days), begins=begins, ends=ends)


def wish(**more: Any) -> WriteMeeting:
    words = {
        "kind": MeetingKind.REGULAR,
        "title": "June meeting",
        "when": when(),
        "place": "Mill Lane Library, room 2",
        "access": "No steps; a hearing loop; call the library for anything else.",
        "interpretation": "English and Spanish, sign language if asked for by Monday",
        "online_link": None,
        "chairing_side": Side.COMMUNITY,
    }
    return WriteMeeting(**words | more)


def meeting(of: TaskForce, stage: MeetingStage = S.NOTICED, **more: Any) -> Meeting:
    """A meeting of today, with one item, put straight into its stage."""
    here = clock.now()
    ended = stage in ENDED
    words: dict[str, Any] = {
        "kind": MeetingKind.REGULAR,
        "title": "June meeting",
        "place": "Library",
        "access": "No steps.",
        "interpretation": "English",
        "chairing_side": Side.COMMUNITY,
        "task_force_id": of.id,
        "number": next(numbers),
        "uid": f"{next(numbers):032x}",
        "stage": stage,
        "starts_at": here,
        "ends_at": here + timedelta(hours=2),
        "noticed_at": None if stage is S.DRAFT else here - timedelta(days=8),
        "agenda_edition": 0 if stage is S.DRAFT else 1,
        "sequence": 0,
        "changed_at": here,
        "reason": "The hall is flooded." if stage in (S.POSTPONED, S.CANCELLED) else None,
        "opened_at": here if ended or stage is S.IN_SESSION else None,
        "ended_at": here if ended else None,
        "public_count": 3 if ended else None,
        "quorum_needed": 2 if ended else None,
        "community_votes": 1 if ended else None,
        "institution_votes": (0 if stage is S.INQUORATE else 1) if ended else None,
        "minutes_due_on": here.date() if ended else None,
    }
    row, writer = Meeting(**words | more), make.person()
    with transaction():
        db.session.add(row)
        db.session.flush()
        facts = {"purpose": Purpose.DECIDE, "about": "", "lead": "Ada", "minutes": 20, "note": "Ask about the fuse."}
        db.session.add(AgendaItem(meeting_id=row.id, position=1, title="Lamps on Mill Lane", **facts))
        if stage in (S.MINUTES_DRAFT, S.MINUTES_APPROVED, S.CLOSED):
            db.session.add(first_draft(row, writer.id))
    return row


def first_draft(of: Meeting, writer_id: int) -> MinutesDraft:
    body_ = "June meeting\nThree people came.\n\nLamps\nSix lamps were bought."
    kept = {
        "body": body_,
        "digest": digest_of(body_),
        "change": "",
        "written_by_id": writer_id,
        "written_at": clock.now(),
    }
    return MinutesDraft(meeting_id=of.id, number=1, **kept)


def in_session(of: Body, **presences: Presence) -> Meeting:
    """A meeting in session with both chairs there, unless it is said otherwise."""
    row = meeting(of.row, S.IN_SESSION)
    take(row, of, **presences)
    return row


def take(row: Meeting, of: Body, **presences: Presence) -> None:
    """Write down who is there: `ada=`, `ben=`."""
    who = {of.ada.id: "ada", of.ben.id: "ben"}
    places = session_queries.places(facts(row.id))
    said = {p.seat.id: presences.get(who.get(p.seat.person_id, ""), Presence.PRESENT) for p in places}
    sessions.take_attendance(row.id, sessions.TakeAttendance(presences=said, public_count=4), by=of.ada)


def item(row: Meeting) -> int:
    """The id of its first item."""
    return int(db.session.query(AgendaItem.id).filter_by(meeting_id=row.id).order_by(AgendaItem.position).first()[0])


def seat(of: Body, who: Actor) -> int:
    """The id of somebody's seat."""
    return next(held.id for held in sitting(of.row.id, clock.today()) if held.person_id == who.id)


def refusal(act: Any) -> tuple[str, str | None]:
    """The code and field of a refusal."""
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code, refused.value.field


def does(act: Any) -> bool:
    """Whether it is done rather than refused."""
    try:
        act()
    except DomainError:
        return False
    return True


@contextmanager
def on(day: date, hour: int = 18):
    """Be there on a day, in UTC."""
    with clock.at(datetime.combine(day, time(hour), clock.now().tzinfo)):
        yield


def an_item(**more: Any) -> WriteItem:
    """An item to put on an agenda."""
    words = {"title": "Lamps", "purpose": Purpose.DECIDE, "about": "", "lead": "Ada", "minutes": 20, "note": "Fuse."}
    return WriteItem(**words | more)


def noticed(of: Body, **more: Any) -> Meeting:
    """A meeting that went the whole way to its notice."""
    row = services.draft(of.row.id, wish(**more), by=of.ada)
    items.add(row.id, an_item(), by=of.ada)
    return services.notice(row.id, by=of.ada)
