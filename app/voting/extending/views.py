"""Asking the board for a later end of an open vote."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.voting import queries
from app.voting.board import queries as boards
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.extending.forms import ExtendForm

bp = Blueprint("extending", __name__, url_prefix="/voting")


@bp.route("/<int:cycle_id>/extend", methods=["GET", "POST"])
@signed_in
def ask(cycle_id: int) -> ResponseReturnValue:
    cycle = boards.watched(cycle_id, acting())
    vote = queries.find_vote(cycle_id)
    if vote is None or not vote.is_open:
        return redirect(url_for("voting.show", cycle_id=cycle_id))
    form = ExtendForm()
    if form.validate_on_submit():
        asked = form.accepted(lambda: ask_the_board(cycle_id, ActKind.EXTEND, form.answers(), by=acting()))
        if asked is not None:
            flash(_("The board is asked. Another member has to agree within a day."), "success")
            return redirect(url_for("board.show", cycle_id=cycle_id, action_id=asked.hex()))
    return render_template("voting/extending/ask.html", cycle=cycle, vote=vote, form=form)
