"""The calendars that people subscribe to: every meeting of the site, of one task force, and one meeting."""

from flask import Blueprint, Response, request

from app.core.access import public
from app.core.errors import NotFound
from app.taskforces import queries as bodies
from app.taskforces.meetings import queries
from app.taskforces.meetings.calendar import exports
from app.taskforces.meetings.rules import PUBLIC

bp = Blueprint("calendar", __name__)


@bp.get("/calendar.ics")
@public
def everything() -> Response:
    return _sent(exports.everything())


@bp.get("/task-forces/<slug>/meetings.ics")
@public
def of_task_force(slug: str) -> Response:
    return _sent(exports.of_task_force(bodies.task_force(slug)))


@bp.get("/meetings/<int:meeting_id>.ics")
@public
def of_meeting(meeting_id: int) -> Response:
    meeting = queries.facts(meeting_id)
    if meeting.stage not in PUBLIC:
        raise NotFound
    return _sent(exports.of_meetings(meeting.body_name, [meeting]))


def _sent(text: str) -> Response:
    answer = Response(text, mimetype="text/calendar")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
