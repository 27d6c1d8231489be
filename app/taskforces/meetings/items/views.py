"""Pages of an agenda: add an item, change it; move it and take it off."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.once import once
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.items import queries, services, words
from app.taskforces.meetings.items.forms import ItemForm
from app.taskforces.meetings.items.rules import Purpose
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import Act
from app.taskforces.meetings.services import ensure_can
from app.taskforces.projects import queries as projects

bp = Blueprint("agenda_items", __name__, url_prefix="/meetings")


@bp.route("/<int:meeting_id>/items/new", methods=["GET", "POST"])
@signed_in
def add(meeting_id: int) -> ResponseReturnValue:
    meeting, form = _prepared(meeting_id), ItemForm()
    form.offer(projects.of_task_forces(meeting.task_force_id))
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data or "", lambda: services.add(meeting_id, form.command(), by=acting()).id)
    ):
        flash(_("The item is on the agenda."), "success")
        return _to_agenda(meeting_id)
    return render_template("taskforces/meetings/items/edit.html", form=form, meeting=meeting, item=None)


@bp.route("/items/<int:item_id>", methods=["GET", "POST"])
@signed_in
def edit(item_id: int) -> ResponseReturnValue:
    item = queries.item(item_id)
    meeting, form = _prepared(item.meeting_id), ItemForm()
    form.offer(projects.of_task_forces(meeting.task_force_id))
    if not form.is_submitted():
        form.fill(item)
    if form.validate_on_submit() and form.accepted(lambda: services.change(item_id, form.command(), by=acting()).id):
        flash(_("Your changes are saved."), "success")
        return _to_agenda(meeting.id)
    return render_template("taskforces/meetings/items/edit.html", form=form, meeting=meeting, item=item)


@bp.post("/items/<int:item_id>/move/<any(up, down):way>")
@signed_in
def move(item_id: int, way: str) -> ResponseReturnValue:
    services.move(item_id, up=way == "up", by=acting())
    return _to_agenda(queries.item(item_id).meeting_id)


@bp.post("/items/<int:item_id>/take-off")
@signed_in
def take_off(item_id: int) -> ResponseReturnValue:
    meeting_id = queries.item(item_id).meeting_id
    services.take_off(item_id, by=acting())
    flash(_("The item is off the agenda."))
    return _to_agenda(meeting_id)


@bp.app_template_filter("item_purpose")
def purpose_words(purpose: Purpose) -> str:
    return str(words.PURPOSES[purpose])


def _prepared(meeting_id: int) -> MeetingFacts:
    meeting = meetings.meeting(meeting_id, acting())
    ensure_can(meeting, Act.PREPARE, acting())
    return meeting


def _to_agenda(meeting_id: int) -> ResponseReturnValue:
    return redirect(url_for("meetings.show", meeting_id=meeting_id, _anchor="agenda"))
