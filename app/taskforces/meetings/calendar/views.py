"""The calendars that people subscribe to: every meeting of the site, of one task force, and one meeting."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, request, url_for
from flask_babel import gettext as _

from app.core.access import public
from app.core.clock import now
from app.core.errors import NotFound
from app.taskforces import queries as bodies
from app.taskforces.meetings import queries
from app.taskforces.meetings.calendar import words
from app.taskforces.meetings.calendar.rules import Entry, calendar
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import PUBLIC

bp = Blueprint("calendar", __name__)
KEPT = timedelta(days=400)
"""How far back calendars go."""


@bp.get("/calendar.ics")
@public
def everything() -> Response:
    return _sent(_("Meetings of the task forces"), queries.for_calendar(now() - KEPT))


@bp.get("/task-forces/<slug>/meetings.ics")
@public
def of_task_force(slug: str) -> Response:
    body = bodies.task_force(slug)
    return _sent(body.name, queries.for_calendar(now() - KEPT, body.id))


@bp.get("/meetings/<int:meeting_id>.ics")
@public
def of_meeting(meeting_id: int) -> Response:
    meeting = queries.facts(meeting_id)
    if meeting.stage not in PUBLIC:
        raise NotFound
    return _sent(meeting.body_name, [meeting])


def _sent(name: str, meetings: list[MeetingFacts]) -> Response:
    answer = Response(calendar(name, [_entry(meeting) for meeting in meetings]), mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


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
        url=_whole(url_for("meetings.show", meeting_id=meeting.id)),
        organizer=meeting.body_name,
        organizer_url=_whole(url_for("taskforces.show", slug=meeting.body_slug)),
        is_cancelled=words.is_off(meeting),
    )


def _whole(path: str) -> str:
    site: str = current_app.config["SITE_URL"]
    return site.rstrip("/") + path
