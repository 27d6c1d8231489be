"""Pages of objections: raise one, read them all, and ask the board for an answer."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import deadline_now
from app.core.errors import NotFound, ensure_standing
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.objections import queries, services
from app.voting.objections.forms import AnswerForm, ObjectionForm
from app.voting.objections.rules import why_not_raise

bp = Blueprint("objections", __name__, url_prefix="/results")


@bp.route("/<int:cycle_id>/object", methods=["GET", "POST"])
@signed_in
def object_to(cycle_id: int) -> ResponseReturnValue:
    vote = votes.vote_facts(cycle_id)
    reason = why_not_raise(certified=vote.is_provisional, until=vote.objections_until, now=deadline_now())
    form = ObjectionForm()
    text, key = form.text.data or "", form.once.data or ""
    if reason is None and form.validate_on_submit():
        number = form.accepted(lambda: services.raise_objection(cycle_id, text, key=key, by=acting()))
        if number is not None:
            thanks = _("Thank you. Your objection is number %(number)s. Its answer will stand here.", number=number)
            flash(thanks, "success")
            return redirect(url_for("results.show", cycle_id=cycle_id, _anchor="objections"))
    return render_template("voting/objections/object.html", vote=vote, cycle=vote.cycle, form=form, closed=reason)


@bp.route("/<int:cycle_id>/objections/<int:number>/answer", methods=["GET", "POST"])
@signed_in
def answer(cycle_id: int, number: int) -> ResponseReturnValue:
    vote = votes.vote_facts(cycle_id)
    message = _("Only the members who run this vote answer objections.")
    ensure_standing(boards.runs(cycle_id, acting().id), message)
    objection = next((each for each in queries.of_vote(cycle_id) if each.number == number), None)
    if objection is None or objection.ending is not None:
        raise NotFound
    form = AnswerForm()
    action_id = form.validate_on_submit() and form.accepted(
        lambda: ask_the_board(cycle_id, ActKind.SETTLE_OBJECTION, form.answers(number), by=acting())
    )
    if action_id:
        flash(_("The board is asked. Another member has to agree within a day."), "success")
        return redirect(url_for("board.show", cycle_id=cycle_id, action_id=action_id.hex()))
    return render_template("voting/objections/answer.html", cycle=vote.cycle, objection=objection, form=form)
