"""Pages of a session: begin, write down who is there, end."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.outcomes import queries as outcomes
from app.taskforces.meetings.rules import Act
from app.taskforces.meetings.services import ensure_can
from app.taskforces.meetings.sessions import queries, services
from app.taskforces.meetings.sessions.forms import attendance_form

bp = Blueprint("sessions", __name__, url_prefix="/meetings")


@bp.post("/<int:meeting_id>/open")
@signed_in
def open_session(meeting_id: int) -> ResponseReturnValue:
    services.open_session(meeting_id, by=acting())
    flash(_("The meeting is in session. First write down who is here."), "success")
    return redirect(url_for(".attendance", meeting_id=meeting_id))


@bp.route("/<int:meeting_id>/attendance", methods=["GET", "POST"])
@signed_in
def attendance(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, acting())
    ensure_can(meeting, Act.RECORD, acting())
    places = queries.places(meeting)
    form = attendance_form(places, meeting.public_count)
    if form.validate_on_submit() and form.accepted(
        lambda: services.take_attendance(meeting_id, form.command(), by=acting()).id
    ):
        flash(_("Who is here is written down."), "success")
        return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor="agenda"))
    needed = queries.quorum_of(meeting, places).needed
    return render_template("taskforces/meetings/attendance.html", form=form, meeting=meeting, needed=needed)


@bp.route("/<int:meeting_id>/end", methods=["GET", "POST"])
@signed_in
def end_session(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, acting())
    ensure_can(meeting, Act.END, acting())
    if request.method == "GET":
        found, places = outcomes.outcomes(meeting_id), queries.places(meeting)
        facts = {"quorum": queries.quorum_of(meeting, places), "unsaid": queries.is_unsaid(meeting, places)}
        return render_template("taskforces/meetings/end.html", meeting=meeting, outcomes=found, **facts)
    services.end_session(meeting_id, by=acting())
    flash(_("The meeting has ended. Its minutes are to be drafted within five working days."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting_id))
