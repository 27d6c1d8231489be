"""Days as iCalendar text: no line is too long, nothing breaks out of its value, and what is cancelled is told."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.core.calendars import WholeDay, calendar, escaped, folded

DAY = WholeDay(
    uid="2026-J003-M2@lamplight.example",
    sequence=3,
    changed_at=datetime(2026, 6, 1, 18, 30, tzinfo=UTC),
    on=date(2026, 12, 31),
    summary="Lamps, lit; at last",
    description="All six\nwork",
    url="https://lamplight.example/projects/3",
)


def test_a_day_stands_in_the_calendar_with_its_id_its_number_and_its_end():
    text = calendar("Lamps", [DAY], product="-//Test//EN")
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") and text.endswith("END:VCALENDAR\r\n")
    for line in (
        "UID:2026-J003-M2@lamplight.example",
        "SEQUENCE:3",
        "DTSTAMP:20260601T183000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        r"SUMMARY:Lamps\, lit\; at last",
        r"DESCRIPTION:All six\nwork",
        "STATUS:CONFIRMED",
    ):
        assert f"\r\n{line}\r\n" in text


@given(st.text())
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(text):
    lines = folded(escaped(text)).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == escaped(text)
    assert "\n" not in escaped(text) and "\r" not in escaped(text)
