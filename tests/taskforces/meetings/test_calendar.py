"""Meetings in calendars: folded, escaped, with an id that stays, and told when they are called off (RFC 5545)."""

from datetime import UTC, datetime

import pytest

from app.core import calendars
from app.core.calendars import escaped, folded
from app.taskforces.meetings import services
from app.taskforces.meetings.calendar.rules import Entry, calendar, parameter
from app.taskforces.meetings.rules import MeetingStage
from tests.taskforces.meetings import gathering

AT = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)
ENTRY = {
    "uid": "a" * 32,
    "sequence": 2,
    "changed_at": AT,
    "starts_at": AT,
    "ends_at": AT.replace(hour=21),
    "summary": "Lamps; paths, and a “bridge”",
    "location": "Library",
    "description": "Reason: ice\nAccess: no steps",
    "url": "https://example.org/meetings/1",
    "organizer": 'Lighting "task" force',
    "organizer_url": "https://example.org/task-forces/lighting",
    "is_cancelled": False,
}


def unfolded(text):
    """The lines of a calendar, as a reader puts them together again."""
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def read(text):
    """The properties of each event; a line that is none of these fails."""
    events = []
    for line in unfolded(text):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and not line.startswith("END:"):
            assert name.partition(";")[0] not in events[-1], f"{name} stands twice"
            events[-1][name.partition(";")[0]] = value
    return events


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a, b; c\\d", r"a\, b\; c\\d"),
        ("two\r\nlines\rhere", r"two\nlines\nhere"),
        ("bell\x07 tab\t\x00", "bell tab"),
        ("END:VEVENT\r\nBEGIN:VEVENT", r"END:VEVENT\nBEGIN:VEVENT"),
    ],
)
def test_text_cannot_end_its_line(text, written):
    assert escaped(text) == written


def test_a_parameter_holds_no_quotes_or_breaks():
    assert parameter('The "best"\r\nforce') == '"The bestforce"'


@pytest.mark.parametrize("letter", ["a", "é", "灯", "🔦"])
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(letter):
    line = f"SUMMARY:{letter * 200}"
    pieces = folded(line).split("\r\n")
    assert max(len(piece.encode()) for piece in pieces) <= 75 and len(pieces) > 2
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def test_a_meeting_is_one_event_with_everything_calendars_need():
    (event,) = read(calendar("Meetings", [Entry(**ENTRY)]))
    needed = {"UID": f"{'a' * 32}@lamplight", "SEQUENCE": "2", "DTSTAMP": "20261126T190000Z"}
    needed |= {"DTSTART": "20261126T190000Z", "DTEND": "20261126T210000Z", "STATUS": "CONFIRMED"}
    assert needed.items() <= event.items()
    assert event["SUMMARY"] == r"Lamps\; paths\, and a “bridge”" and event["DESCRIPTION"].count(r"\n") == 1
    assert event["ORGANIZER"] == "https://example.org/task-forces/lighting"
    assert "METHOD:PUBLISH" in unfolded(calendar("Meetings", [])) and read(calendar("Meetings", [])) == []


def feed(browser, path):
    return read(browser.client.get(path).get_data(as_text=True))


def test_a_meeting_keeps_its_id_and_counts_its_changes_until_it_is_cancelled(app, browser):
    body = gathering.body()
    row = gathering.noticed(body)
    path, seen = f"/task-forces/{body.row.slug}/meetings.ics", []
    steps = (
        lambda: services.change(row.id, gathering.wish(place="Town hall"), by=body.ada),
        lambda: services.postpone(row.id, "The hall is flooded.", by=body.ada),
        lambda: services.name_new_date(row.id, gathering.when(20), by=body.ada),
        lambda: services.cancel(row.id, "Nobody can come, sorry.", by=body.ada),
    )
    for step in (lambda: None, *steps):
        step()
        (event,) = feed(browser, path)
        seen.append((event["UID"], int(event["SEQUENCE"]), event["STATUS"]))
    assert [each[1:] for each in seen] == [
        (0, "CONFIRMED"),
        (1, "CONFIRMED"),
        (2, "CANCELLED"),
        (3, "CONFIRMED"),
        (4, "CANCELLED"),
    ]
    assert len({uid for uid, *_ in seen}) == 1 and "sorry" in event["DESCRIPTION"]
    assert event["SUMMARY"].startswith("Called off: ")


def test_calendars_hold_no_draft_and_no_internal_note(app, browser):
    body = gathering.body()
    draft = gathering.meeting(body.row, MeetingStage.DRAFT, title="Secret plans")
    noticed = gathering.meeting(body.row)
    answer = browser.client.get("/calendar.ics")
    assert answer.mimetype == "text/calendar" and [event["SUMMARY"] for event in read(answer.text)]
    assert "Secret" not in answer.text and "fuse" not in answer.text
    assert browser.client.get(f"/meetings/{draft.id}.ics").status_code == 404
    assert len(feed(browser, f"/meetings/{noticed.id}.ics")) == 1
    tag = answer.headers["ETag"]
    assert browser.client.get("/calendar.ics", headers={"If-None-Match": tag}).status_code == 304


def test_the_check_notices_a_line_that_is_not_folded(monkeypatch):
    monkeypatch.setattr(calendars, "LONGEST", 10_000)
    with pytest.raises(AssertionError):
        test_no_line_is_longer_than_75_octets_and_no_letter_is_cut("a")
