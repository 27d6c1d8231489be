"""Asking the board to name a witness of the log."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import ensure_standing
from app.voting.board import queries as boards
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.log import queries
from app.voting.log.witnesses.forms import WitnessForm

bp = Blueprint("witnesses", __name__, url_prefix="/log")


@bp.route("/<int:cycle_id>/witnesses", methods=["GET", "POST"])
@signed_in
def name(cycle_id: int) -> ResponseReturnValue:
    vote, form = queries.logged_vote(cycle_id), WitnessForm()
    message = _("Only the members who run this vote name its witnesses.")
    ensure_standing(boards.runs(cycle_id, acting().id), message)
    if form.validate_on_submit():
        asked = form.accepted(lambda: ask_the_board(cycle_id, ActKind.NAME_WITNESS, form.answers(), by=acting()))
        if asked is not None:
            flash(_("The board is asked. Another member has to agree within a day."), "success")
            return redirect(url_for("board.show", cycle_id=cycle_id, action_id=asked.hex()))
    return render_template("voting/log/witnesses/name.html", vote=vote, form=form, witnesses=queries.witnesses(vote.id))
