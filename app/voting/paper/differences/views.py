"""Asking the board to agree on what is missing in a sum of paper, and why."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import ensure_standing
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.paper import queries
from app.voting.paper.differences.forms import ExplainForm
from app.voting.paper.rules import can_be_explained
from app.voting.rules import VoteStage

bp = Blueprint("paper_differences", __name__, url_prefix="/paper")


@bp.route("/<int:cycle_id>/differences/explain", methods=["GET", "POST"])
@signed_in
def explain(cycle_id: int) -> ResponseReturnValue:
    vote = votes.vote_facts(cycle_id)
    ensure_standing(boards.runs(cycle_id, acting().id), _("Only the members who run this vote explain a difference."))
    is_due = vote.stage is VoteStage.CLOSED
    open_ones = [each for each in queries.problems(vote.id) if can_be_explained(each)] if is_due else []
    form = ExplainForm().offer(open_ones)
    if form.validate_on_submit():
        act = ActKind.EXPLAIN_DIFFERENCE
        asked = form.accepted(lambda: ask_the_board(cycle_id, act, form.answers(), by=acting()))
        if asked is not None:
            flash(_("The board is asked. Another member has to agree within a day."), "success")
            return redirect(url_for("board.show", cycle_id=cycle_id, action_id=asked.hex()))
    return render_template("voting/paper/differences/explain.html", vote=vote, form=form, open_ones=open_ones)
