"""Asking the board to add a line to the frozen roll, or to strike one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.roll import queries
from app.voting.roll.changes.forms import ChangeForm
from app.voting.roll.services import keeping

bp = Blueprint("roll_changes", __name__, url_prefix="/office/roll/<int:cycle_id>/lines/<key>")
KINDS = {"add": ActKind.ADD_TO_ROLL, "strike": ActKind.STRIKE_FROM_ROLL}


@bp.route("/<any('add', 'strike'):what>", methods=["GET", "POST"])
@only(Role.CLERK)
def ask(cycle_id: int, key: str, what: str) -> ResponseReturnValue:
    cycle = keeping(cycle_id, acting())
    line = queries.line(cycle, key)
    form = ChangeForm()
    if form.validate_on_submit():
        asked = form.accepted(lambda: ask_the_board(cycle_id, KINDS[what], form.answers(key), by=acting()))
        if asked is not None:
            flash(_("The board is asked. Another member has to agree within a day."), "success")
            return redirect(url_for("board.show", cycle_id=cycle_id, action_id=asked.hex()))
    return render_template("voting/roll/changes/ask.html", cycle=cycle, line=line, form=form, what=what)
