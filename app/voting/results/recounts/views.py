"""The page on which the board is asked for a recount without a withdrawn project: questions, then "are you sure"."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import NotFound, ensure_standing
from app.voting.board import queries as boards
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.queries import OptionFacts, VoteFacts
from app.voting.results import queries
from app.voting.results.queries import ResultRecord
from app.voting.results.recounts.forms import RecountForm

bp = Blueprint("recounts", __name__, url_prefix="/results")


@bp.route("/<int:cycle_id>/recount", methods=["GET", "POST"])
@signed_in
def recount(cycle_id: int) -> ResponseReturnValue:
    vote, record = _recountable(cycle_id)
    options = queries.options_by_number(vote)
    form = RecountForm().offer(_still_in(options.values(), record))
    asked = request.method == "POST" and "change" not in request.form and form.validate()
    if asked and "sure" not in request.form:
        return render_template("voting/results/recounts/confirm.html", cycle=vote.cycle, form=form, options=options)
    action_id = asked and form.accepted(
        lambda: ask_the_board(cycle_id, ActKind.RECOUNT, form.answers(), by=acting())
    )
    if action_id:
        flash(_asked(vote), "success")
        return redirect(url_for("board.show", cycle_id=cycle_id, action_id=action_id.hex()))
    return render_template("voting/results/recounts/recount.html", cycle=vote.cycle, form=form)


def _asked(vote: VoteFacts) -> str:
    if vote.is_imported:
        return str(_("The observers of this neighborhood are asked. One of them has to agree within a day."))
    return str(_("The board is asked. Another member has to agree within a day."))


def _recountable(cycle_id: int) -> tuple[VoteFacts, ResultRecord]:
    vote, record = queries.published(cycle_id, acting())
    message = _("Only the members who run this vote have it counted again.")
    ensure_standing(boards.may_ask(vote.cycle, acting()), message)
    if record.is_certified:
        raise NotFound
    return vote, record


def _still_in(options: Iterable[OptionFacts], record: ResultRecord) -> list[OptionFacts]:
    return [option for option in options if option.number not in record.withdrawn]
