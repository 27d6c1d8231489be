"""What a mail about a meeting says, the file that goes with it, and who hears of it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from app.core.mail import Attachment
from app.notifications.followers import queries as followers
from app.notifications.meetings.rules import HOLDS_IN, MeetingNews
from app.notifications.meetings.words import CHANGED
from app.notifications.rules import MailKind
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.calendar import exports

Facts = Mapping[str, Any]
KINDS = frozenset({MailKind.MEETING_FOLLOWED, MailKind.MEETING_SEATED})


def letter(facts: Facts) -> dict[str, Any] | None:
    """The meeting as it stands now; None where what was to be told is overtaken."""
    found = meetings.facts(facts["meeting_id"])
    on = found.day.isoformat()
    if found.stage is not HOLDS_IN[MeetingNews(facts["news"])] or facts.get("stays_on", on) != on:
        return None
    return {**facts, "meeting": found, "changes": [CHANGED[name] for name in facts.get("changed", "").split()]}


def attached(facts: Facts) -> tuple[Attachment, ...]:
    """The meeting as a calendar of one, the same as on its page (RFC 5546, 3.2.1): it replaces what was there."""
    found = meetings.facts(facts["meeting_id"])
    text = partial(exports.of_meetings, found.body_name, [found])
    return (Attachment(name="meeting.ics", media_type="text/calendar; method=PUBLISH", text=text),)


def seated(meeting_id: int) -> set[int]:
    """Who will sit in a task force on the day of its meeting."""
    found = meetings.facts(meeting_id)
    return {seat.person_id for seat in meetings.sitting(found.task_force_id, found.day)}


def crowd(facts: Facts) -> set[int]:
    """Those who follow what a task force builds and have no seat in it."""
    found = meetings.facts(facts["meeting_id"])
    return followers.of_task_force(found.task_force_id) - seated(found.id)
