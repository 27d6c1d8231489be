"""Meetings on their pages: from a draft to approved minutes, with what strangers and the closed doors see."""

import pytest

from app.taskforces.meetings.rules import MeetingStage, Presence
from app.taskforces.meetings.sessions import services as sessions
from app.taskforces.seats.rules import SeatKind
from tests import make
from tests.browser import Browser
from tests.taskforces.meetings import gathering
from tests.taskforces.meetings.test_outcomes import agree

S = MeetingStage
TYPED = {
    "title": "June meeting",
    "day": gathering.when(9).day.isoformat(),
    "begins": "18:30",
    "ends": "20:00",
    "place": "Mill Lane Library",
    "access": "No steps, a hearing loop, a lift.",
    "interpretation": "English and Spanish",
    "online_link": "library",
}
ITEM = {"title": "Lamps on Mill Lane", "purpose": "decide", "lead": "Ada", "minutes": "20", "note": "The fuse box."}


def signed_in(app, actor):
    return Browser(app).sign_in(make.account(actor))


def test_a_meeting_is_drafted_announced_and_read_by_strangers_without_its_notes(app):
    body = gathering.body()
    page = (
        signed_in(app, body.ada)
        .open(f"/task-forces/{body.row.slug}")
        .follow("All meetings, open actions and decisions")
    )
    page = page.follow("Prepare a meeting").press("Save", **TYPED)
    assert "begins with https://" in page.text and page.all("input", value="Mill Lane Library")
    shown = page.press("Save", online_link="https://example.org/room")
    late = shown.follow("Put an item on the agenda").press("Save", **ITEM | {"minutes": "0"})
    assert "from 1 to 480" in late.text and "The fuse box." in late.text
    announced = late.press("Save", minutes="20").follow("Announce it").press("Announce it")
    assert "The meeting is announced." in announced.text
    stranger = Browser(app).open(announced.path)
    assert "a hearing loop" in stranger.text and "Lamps on Mill Lane" in stranger.text
    assert "fuse" not in stranger.text and "Announce" not in stranger.text.replace("Announced", "")
    assert "The fuse box." in signed_in(app, body.ben).open(announced.path).follow("Chair's copy").text
    assert "June meeting" in Browser(app).open(f"/task-forces/{body.row.slug}").text


def test_a_session_is_held_and_its_minutes_are_put_before_both_co_chairs(app):
    body = gathering.body()
    meeting = gathering.meeting(body.row)
    page = signed_in(app, body.ada).open(f"/meetings/{meeting.id}").press("Begin the meeting")
    missing = page.press("Write it down", public_count="4")
    assert missing.status == 200 and "Please choose one." in missing.text
    seats = {f"seat_{gathering.seat(body, who)}": "present" for who in (body.ada, body.ben)}
    sitting = missing.press("Write it down", **seats)
    wrong = sitting.follow("Decision: Lamps on Mill Lane").press(
        "Write it down", text="We buy six lamps.", moved_by=str(gathering.seat(body, body.ada))
    )
    assert "Choose one." in wrong.text and "We buy six lamps." in wrong.text
    votes = {"seconded_by": str(gathering.seat(body, body.ben)), "community_yes": "1", "institution_yes": "1"}
    decided = wrong.press("Write it down", **votes)
    assert "Carried" in decided.text
    ended = decided.follow("End the meeting").press("End the meeting").press("Draft the minutes")
    amended = ended.follow("Amend the minutes").press(
        "Save the new draft", body="June\nSix lamps were bought.", change="Made shorter"
    )
    assert amended.all("ins") and amended.all("del") and "Made shorter" in Browser(app).open(amended.path).text
    assert "SHA-256" in amended.press("Put them before both co-chairs").text
    assert "SHA-256" in Browser(app).open(amended.path).follow("Both co-chairs are asked to sign this").text


def test_a_meeting_without_quorum_says_so_before_anything_is_typed(app):
    body = gathering.body()
    meeting = gathering.in_session(body, ben=Presence.ABSENT)
    page = signed_in(app, body.ada).open(f"/meetings/items/{gathering.item(meeting)}/decision")
    assert "There is no quorum" in page.text


PATHS = {
    "edit": S.NOTICED,
    "notice": S.DRAFT,
    "postpone": S.NOTICED,
    "cancel": S.NOTICED,
    "new-date": S.POSTPONED,
    "chairs-copy": S.NOTICED,
    "items/new": S.NOTICED,
    "attendance": S.IN_SESSION,
    "end": S.IN_SESSION,
    "minutes/amend": S.MINUTES_DRAFT,
}


def statuses(app, body, who):
    """What somebody gets at each closed page of a meeting in its stage."""
    meetings = {path: gathering.meeting(body.row, stage) for path, stage in PATHS.items()}
    browser = signed_in(app, who)
    return {path: browser.open(f"/meetings/{meeting.id}/{path}").status for path, meeting in meetings.items()}


def test_closed_pages_are_closed_to_residents_and_open_to_co_chairs(app):
    body = gathering.body()
    assert set(statuses(app, body, body.ben).values()) == {200}
    refused = statuses(app, body, make.resident(body.row.neighborhood))
    assert refused.pop("notice") == 404 and set(refused.values()) == {403}


@pytest.mark.parametrize("sabotaged", ["may"])
def test_the_check_notices_a_door_that_was_left_open(app, monkeypatch, sabotaged):
    body = gathering.body()
    monkeypatch.setattr(f"app.taskforces.meetings.services.{sabotaged}", lambda *_: True)
    assert 200 in statuses(app, body, make.resident(body.row.neighborhood)).values()


def test_the_page_of_a_task_force_asks_two_statements_more(app, statements):
    body = gathering.body()
    for stage in (S.NOTICED, S.HELD, S.IN_SESSION, S.CANCELLED):
        gathering.meeting(body.row, stage)
    statements.clear()
    Browser(app).open(f"/task-forces/{body.row.slug}")
    assert sum("FROM meeting" in statement for statement in statements) == 2


def test_the_owner_of_an_action_says_what_became_of_it_and_a_stranger_is_not_asked(app):
    body = gathering.body()
    member = make.seated(body.row, SeatKind.MEMBER)
    meeting = gathering.in_session(body)
    agree(meeting, body, owner_seat_id=gathering.seat(body, member))
    sessions.end_session(meeting.id, by=body.ada)
    assert "Say what became of it" not in Browser(app).open(f"/meetings/{meeting.id}").text
    page = signed_in(app, member).open(f"/meetings/{meeting.id}").follow("Say what became of it: Ask for prices")
    assert "at least 5 characters" in page.press("Say it", words="ok").text
    assert "Three offers came." in page.press("Say it", words="Three offers came.").text


def test_meetings_to_come_are_told_of_every_task_force_and_past_ones_are_not(app):
    first, second = gathering.body(), gathering.body()
    gathering.meeting(first.row, title="Tomorrow's talk")
    gathering.meeting(second.row, S.POSTPONED, title="Later talk")
    for stage in (S.DRAFT, S.HELD, S.CANCELLED):
        gathering.meeting(second.row, stage, title=f"Not {stage}")
    page = Browser(app).open("/task-forces/").follow("Meetings to come")
    assert "Tomorrow's talk" in page.text and "Later talk" in page.text and "Not " not in page.text


def test_called_off_and_postponed_meetings_say_why_and_stay_on_the_list(app):
    body = gathering.body()
    meeting = gathering.meeting(body.row)
    page = signed_in(app, body.ada).open(f"/meetings/{meeting.id}").follow("Postpone it")
    assert "at least 10 characters" in page.press("Postpone the meeting", reason="ill").text
    page.press("Postpone the meeting", reason="The hall is flooded.")
    there = Browser(app).open(f"/task-forces/{body.row.slug}/meetings").follow("June meeting")
    assert "The hall is flooded." in there.text and "not named yet" in there.text
    early = signed_in(app, body.ben).open(there.path).follow("Name its new day")
    told = early.press("Announce the new day", day=gathering.when(2).day.isoformat())
    assert "at least 7 days before" in told.text
    assert "New day" in told.press("Announce the new day", day=gathering.when(9).day.isoformat()).text


def test_what_somebody_wrote_while_the_meeting_ended_comes_back_to_be_copied(app):
    body = gathering.body()
    meeting = gathering.in_session(body)
    words = "Three people said that the bench stands in the rain."
    page = signed_in(app, body.ada).open(f"/meetings/items/{gathering.item(meeting)}/note")
    sessions.end_session(meeting.id, by=body.ben)
    late = page.press("Write it down", text=words)
    assert late.status == 409 and words in late.one("textarea")


def test_whoever_was_slower_sees_the_draft_that_was_saved_meanwhile_and_saves_the_next(app):
    body = gathering.body()
    address = f"/meetings/{gathering.meeting(body.row, S.MINUTES_DRAFT).id}/minutes/amend"
    pages = [signed_in(app, who).open(address) for who in (body.ada, body.ben)]
    pages[0].press("Save the new draft", body="June meeting\nFour people came.", change="A number was wrong")
    told = pages[1].press("Save the new draft", body="June meeting\nFive people came.", change="Counted again")
    assert "since you began" in told.text and "Four people came." in told.one("details", class_="govuk-details")
    assert "The new draft is public" in told.press("Save the new draft").text


def test_a_seat_taken_during_a_meeting_is_written_down_before_it_ends(app):
    body = gathering.body()
    meeting = gathering.in_session(body)
    make.seated(body.row, SeatKind.MEMBER)
    page = signed_in(app, body.ada).open(f"/meetings/{meeting.id}/end")
    assert page.follow("Who is here?").path == f"/meetings/{meeting.id}/attendance"


def test_who_announces_a_meeting_is_told_before_what_is_to_be_done_first(app):
    body = gathering.body()
    page = signed_in(app, body.ada).open(f"/meetings/{gathering.meeting(body.row, S.DRAFT).id}/notice")
    assert "is too near" in page.text and page.follow("Change when and where").path.endswith("/edit")
