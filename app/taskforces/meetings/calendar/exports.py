"""Meetings as calendars that programs subscribe to, in the language of the moment."""

from datetime import timedelta

from flask_babel import gettext as _

from app.core.addresses import address
from app.core.clock import now
from app.taskforces.meetings import queries
from app.taskforces.meetings.calendar import words
from app.taskforces.meetings.calendar.rules import Entry, calendar
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.queries import TaskForceFacts

KEPT = timedelta(days=400)
"""How far back calendars go."""


def everything() -> str:
    """The meetings of all task forces."""
    return of_meetings(_("Meetings of the task forces"), queries.for_calendar(now() - KEPT))


def of_task_force(body: TaskForceFacts) -> str:
    """The meetings of one task force."""
    return of_meetings(body.name, queries.for_calendar(now() - KEPT, body.id))


def of_meetings(name: str, meetings: list[MeetingFacts]) -> str:
    """A calendar of that name with these meetings."""
    return calendar(name, [_entry(meeting) for meeting in meetings])


def _entry(meeting: MeetingFacts) -> Entry:
    return Entry(
        uid=meeting.uid,
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=words.summary(meeting),
        location=meeting.place,
        description=words.description(meeting),
        url=address("meetings.show", meeting_id=meeting.id),
        organizer=meeting.body_name,
        organizer_url=address("taskforces.show", slug=meeting.body_slug),
        is_cancelled=words.is_off(meeting),
    )
