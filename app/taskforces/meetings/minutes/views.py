"""Pages of minutes: read them with what each draft changed, draft, amend, and put them before both co-chairs."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.errors import NotFound
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.minutes import queries, services
from app.taskforces.meetings.minutes.forms import AmendForm
from app.taskforces.meetings.rules import Act
from app.taskforces.meetings.services import ensure_can
from app.taskforces.signing import services as signing
from app.taskforces.signing.rules import MatterKind
from app.taskforces.signing.services import Propose

bp = Blueprint("minutes", __name__, url_prefix="/meetings")


@bp.get("/<int:meeting_id>/minutes")
@public
def show(meeting_id: int) -> str:
    meeting = meetings.meeting(meeting_id, current_actor())
    texts = queries.drafts(meeting.id)
    number = request.args.get("draft", len(texts), int)
    shown = next((text for text in texts if text.number == number), None)
    if shown is None:
        raise NotFound
    return render_template(
        "taskforces/meetings/minutes/show.html",
        meeting=meeting,
        texts=texts,
        shown=shown,
        pieces=queries.changed_by(texts, number),
        approval=queries.approval(meeting.id),
        asked=queries.put_before_both(meeting, texts[-1]),
        may=meetings.acts(meeting, meetings.hands(meeting, current_actor())),
    )


@bp.post("/<int:meeting_id>/minutes/draft")
@signed_in
def draft(meeting_id: int) -> ResponseReturnValue:
    services.draft(meeting_id, by=acting())
    flash(_("The first draft is made of what was written down. Read it through and amend it."), "success")
    return redirect(url_for(".show", meeting_id=meeting_id))


@bp.route("/<int:meeting_id>/minutes/amend", methods=["GET", "POST"])
@signed_in
def amend(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, acting())
    ensure_can(meeting, Act.AMEND_MINUTES, acting())
    newest = queries.newest(meeting.id)
    form = AmendForm(body=newest.body, read_up_to=newest.number)
    if form.validate_on_submit() and form.accepted(lambda: services.amend(meeting_id, form.command(), by=acting()).id):
        flash(_("The new draft is public, with what has changed."), "success")
        return redirect(url_for(".show", meeting_id=meeting_id))
    behind = form.read_up_to.data != newest.number
    if behind:  # who is told that there is another draft, and sees it beside the form, may save the next one
        form.read_up_to.data, form.read_up_to.raw_data = newest.number, None
    facts = {"form": form, "meeting": meeting, "newest": newest, "behind": behind}
    return render_template("taskforces/meetings/minutes/amend.html", **facts)


@bp.post("/<int:meeting_id>/minutes/sign")
@signed_in
def ask_to_sign(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, acting())
    ensure_can(meeting, Act.APPROVE_MINUTES, acting())
    command = Propose(
        kind=MatterKind.MINUTES,
        task_force_id=meeting.task_force_id,
        project_id=None,
        answers={"meeting_id": meeting.id},
    )
    return redirect(url_for("signing.show", agreement_id=signing.propose(command, by=acting())))
