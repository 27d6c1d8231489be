"""The chair's copy: with its notes for those who lead the meeting, for nobody else, and kept nowhere."""

import pytest

from app.core.access import Role
from app.reports.chairs_copy import views
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.rules import MeetingStage
from app.taskforces.seats.rules import SeatKind
from tests import browser as browsers
from tests import make
from tests.browser import Browser
from tests.reports import reading, sittings
from tests.taskforces.meetings import gathering


def asked(app, meeting, who=None):
    """What somebody gets who asks for the PDF."""
    browser = Browser(app).sign_in(make.account(who)) if who else Browser(app)
    browsers._forget_the_last_request()
    return browser.client.get(f"/meetings/{meeting.id}/chairs-copy.pdf")


def test_it_has_the_notes_the_clock_and_what_waits_and_can_be_read_aloud(app, prints):
    body = gathering.body()
    sittings.drafted(body)
    meeting = gathering.meeting(body.row)
    answer = asked(app, meeting, body.ada)
    paper = reading.paper(answer.data)
    assert reading.problems(paper, title="Chair’s copy: June meeting") == []
    for words in (
        sittings.SECRET,
        "Moved by, seconded by:",
        "Ask for prices",
        "Not public",
        f"Made for {body.ada.name}",
    ):
        assert paper.says(words), words
    assert answer.headers["Cache-Control"] == "private, no-store"


def leading_only(app, body):
    """Those who lead the meeting or write it down get it; no clerk, member, resident or stranger does."""
    meeting = gathering.meeting(body.row)
    others = [make.actor(Role.CLERK), make.seated(body.row, SeatKind.MEMBER), make.resident(body.row.neighborhood)]
    assert [asked(app, meeting, who).status_code for who in others] == [403, 403, 403]
    assert asked(app, meeting).status_code in (302, 401, 403)
    secretary = make.seated(body.row, SeatKind.SECRETARY)
    assert [asked(app, meeting, who).status_code for who in (body.ada, body.ben, secretary)] == [200, 200, 200]


def test_only_those_who_lead_the_meeting_get_it(app):
    leading_only(app, gathering.body())


def test_the_test_above_would_notice(app, monkeypatch):
    monkeypatch.setattr(views, "ensure_leads", lambda meeting, by: None)
    with pytest.raises(AssertionError):
        leading_only(app, gathering.body())


def test_a_meeting_that_is_being_prepared_is_hidden_from_others(app):
    body = gathering.body()
    draft = gathering.meeting(body.row, MeetingStage.DRAFT)
    assert asked(app, draft, make.resident(body.row.neighborhood)).status_code == 404
    assert asked(app, draft, body.ada).status_code == 200


def test_nobody_has_too_many_made(app, monkeypatch):
    body = gathering.body()
    monkeypatch.setattr(views, "A_DAY", 1)
    meeting = gathering.meeting(body.row)
    assert [asked(app, meeting, body.ada).status_code for _time in range(2)] == [200, 429]


def test_hostile_notes_stay_words(app):
    body = gathering.body()
    meeting = gathering.meeting(body.row)
    item = meetings.db.session.query(meetings.AgendaItem).filter_by(meeting_id=meeting.id).one()
    with gathering.transaction():
        item.note = sittings.HOSTILE
    assert b"<i onclick" not in asked(app, meeting, body.ada).data
