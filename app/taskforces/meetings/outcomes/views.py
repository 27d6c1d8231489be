"""Pages of outcomes: write one down while the meeting is in session, take it back, and end an action later."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import ensure_standing
from app.core.once import once
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.items import queries as items
from app.taskforces.meetings.items.queries import ItemFacts
from app.taskforces.meetings.minutes.queries import unapproved
from app.taskforces.meetings.outcomes import policies, queries, services, words
from app.taskforces.meetings.outcomes.forms import ActionForm, DecisionForm, EndActionForm, NoteForm
from app.taskforces.meetings.outcomes.rules import ActionState, OutcomeKind
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import Act
from app.taskforces.meetings.services import ensure_can
from app.taskforces.meetings.sessions import queries as sessions
from app.taskforces.seats.rules import Side
from app.taskforces.seats.words import SIDES

bp = Blueprint("outcomes", __name__, url_prefix="/meetings")


@bp.route("/items/<int:item_id>/note", methods=["GET", "POST"])
@signed_in
def note(item_id: int) -> ResponseReturnValue:
    item, meeting = _in_session(item_id)
    form = NoteForm()
    if form.validate_on_submit():
        once(form.once.data or "", lambda: services.note(item_id, form.text.data or "", by=acting()).id)
        flash(_("The note is written down."), "success")
        return _to_item(item)
    return render_template("taskforces/meetings/outcomes/note.html", form=form, item=item, meeting=meeting)


@bp.route("/items/<int:item_id>/decision", methods=["GET", "POST"])
@signed_in
def decide(item_id: int) -> ResponseReturnValue:
    item, meeting = _in_session(item_id)
    room, form = sessions.room(meeting, item.project_id), DecisionForm()
    form.offer(
        [row.seat for row in sessions.places(meeting) if row.seat.id in room.movers],
        [row for row in queries.to_review(meeting.task_force_id) if not row.is_reviewed],
        unapproved(meeting.task_force_id),
    )
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data or "", lambda: services.decide(item_id, form.command(), by=acting()).id)
    ):
        flash(_("The vote is written down."), "success")
        return _to_item(item)
    shown = {"form": form, "item": item, "meeting": meeting, "room": room}
    sides = [(side.value, SIDES[side]) for side in Side]
    return render_template("taskforces/meetings/outcomes/decision.html", **shown, sides=sides)


@bp.route("/items/<int:item_id>/action", methods=["GET", "POST"])
@signed_in
def agree_action(item_id: int) -> ResponseReturnValue:
    item, meeting = _in_session(item_id)
    form = ActionForm()
    form.offer([row.seat for row in sessions.places(meeting)])
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data or "", lambda: services.agree_action(item_id, form.command(), by=acting()).id)
    ):
        flash(_("The action is written down. It comes up in every meeting until it has ended."), "success")
        return _to_item(item)
    return render_template("taskforces/meetings/outcomes/action.html", form=form, item=item, meeting=meeting)


@bp.post("/outcomes/<int:outcome_id>/take-back")
@signed_in
def take_back(outcome_id: int) -> ResponseReturnValue:
    item = items.item(queries.item_of(outcome_id))
    services.take_back(outcome_id, by=acting())
    flash(_("It is taken back."))
    return _to_item(item)


@bp.route("/actions/<int:outcome_id>", methods=["GET", "POST"])
@signed_in
def end_action(outcome_id: int) -> ResponseReturnValue:
    action = queries.action(outcome_id)
    meeting = meetings.facts(action.meeting_id)
    may = policies.may_end_action(acting(), meetings.hands(meeting, acting()), owner_id=action.owner_id)
    ensure_standing(may, _("Only whoever it is with, the co-chairs and the secretary say what became of an action."))
    form = EndActionForm()
    if form.validate_on_submit():
        services.end_action(outcome_id, ActionState(form.state.data), form.words.data or "", by=acting())
        flash(_("What became of the action is public."), "success")
        return redirect(url_for("meetings.show", meeting_id=meeting.id, _anchor="agenda"))
    return render_template("taskforces/meetings/outcomes/end_action.html", form=form, action=action, meeting=meeting)


@bp.app_template_filter("outcome_kind")
def kind_words(kind: OutcomeKind) -> str:
    return str(words.KINDS[kind])


@bp.app_template_filter("action_state")
def state_words(state: ActionState) -> str:
    return str(words.STATES[state])


def _in_session(item_id: int) -> tuple[ItemFacts, MeetingFacts]:
    item = items.item(item_id)
    meeting = meetings.meeting(item.meeting_id, acting())
    ensure_can(meeting, Act.RECORD, acting())
    return item, meeting


def _to_item(item: ItemFacts) -> ResponseReturnValue:
    return redirect(url_for("meetings.show", meeting_id=item.meeting_id, _anchor=f"item-{item.id}"))
