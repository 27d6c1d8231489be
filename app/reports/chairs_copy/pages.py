"""The chair's copy as a PDF: notes, hours, whose vote is missing, what waits. Whoever asks must have been let in."""

from typing import Any

from flask import render_template
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core.clock import now, today
from app.core.moments import day_in
from app.core.printing import press
from app.core.printing.pdf import Sheet
from app.reports.agenda.pages import clock_of, hours
from app.taskforces.interests import queries as interests
from app.taskforces.meetings.items import queries as items
from app.taskforces.meetings.items.queries import Timed
from app.taskforces.meetings.minutes import queries as minutes
from app.taskforces.meetings.outcomes import queries as outcomes
from app.taskforces.meetings.papers import queries as papers
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.sessions import queries as sessions
from app.taskforces.meetings.sessions.queries import PlaceRow
from app.taskforces.questions.lists import queries as questions


def printed(meeting: MeetingFacts, *, made_for: str) -> bytes:
    """The PDF, with the name of whoever asked for it on every page; takes a second or two."""
    html = render_template(
        "reports/chairs_copy/sheet.html",
        language=str(get_locale()),
        direction=get_locale().text_direction,
        title=_("Chair’s copy: %(meeting)s", meeting=meeting.title),
        made_for=made_for,
        made_at=now(),
        **_gathered(meeting),
    )
    return press.printed(Sheet(document=html))


def _gathered(meeting: MeetingFacts) -> dict[str, Any]:
    """Everything it says, read once."""
    on, places = today(meeting.time_zone), sessions.places(meeting)
    reviews = [row for row in outcomes.to_review(meeting.task_force_id) if row.due(on)]
    return {
        "meeting": meeting,
        "hours": hours(meeting.starts_at, meeting.ends_at, meeting.time_zone),
        "agenda": [_item(each, meeting, places) for each in items.timed(_items(meeting), meeting.starts_at)],
        "papers": papers.papers(meeting.id),
        "places": places,
        "quorum": sessions.quorum_of(meeting, places),
        "actions": outcomes.carried_over(meeting.task_force_id, before=meeting.id),
        "reviews": reviews,
        "unapproved": minutes.unapproved(meeting.task_force_id),
        "questions": questions.of_meeting(meeting.id).items,
        "today": on,
    }


def _items(meeting: MeetingFacts) -> list[items.ItemFacts]:
    return items.items(meeting.id, notes=True)


def _item(each: Timed, meeting: MeetingFacts, places: list[PlaceRow]) -> dict[str, Any]:
    """An item, when it begins by the clock, and who does not vote on it because of an interest."""
    names = {row.seat.person_id: row.seat.name for row in places}
    on = day_in(meeting.time_zone, meeting.starts_at)
    out = interests.recused(list(names), on, project_id=each.item.project_id)
    return {
        "item": each.item,
        "begins": clock_of(each.begins_at, meeting.time_zone),
        "recused": sorted(names[id_] for id_ in out),
    }
