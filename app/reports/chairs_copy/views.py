"""The chair's copy on paper, for those who lead the meeting."""

from datetime import timedelta
from io import BytesIO

from flask import Blueprint, Response, send_file

from app.core.access import acting, signed_in
from app.core.limits import count_try
from app.reports.chairs_copy import pages
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.services import ensure_leads

bp = Blueprint("chairs_papers", __name__, url_prefix="/meetings")
A_DAY = 30
"""How many one person can have made in a day."""


@bp.get("/<int:meeting_id>/chairs-copy.pdf")
@signed_in
def paper(meeting_id: int) -> Response:
    meeting = meetings.meeting(meeting_id, acting())
    ensure_leads(meeting, acting())
    count_try("chairs_copy", str(acting().id), limit=A_DAY, window=timedelta(days=1))
    content = pages.printed(meeting, made_for=acting().name)
    answer = send_file(
        BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=f"chairs-copy-{meeting.id}.pdf"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
