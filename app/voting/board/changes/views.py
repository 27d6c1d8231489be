"""The public page of who is on a board and how that has changed, and the page on which members ask for a change."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.errors import NotFound, ensure_standing
from app.voting import queries as votes
from app.voting.board import queries, words
from app.voting.board.changes.forms import ReplaceForm
from app.voting.board.changes.queries import changes
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.queries import VoteFacts

bp = Blueprint("board_changes", __name__, url_prefix="/voting/<int:cycle_id>/board")


@bp.get("")
@public
def index(cycle_id: int) -> str:
    vote, viewer = _vote(cycle_id), current_actor()
    return render_template(
        "voting/board/changes/index.html",
        cycle=vote.cycle,
        members=queries.members(cycle_id),
        changes=changes(cycle_id),
        parts=words.PARTS,
        is_member=viewer is not None and queries.part_of(cycle_id, viewer.id) is not None,
    )


@bp.route("/replace", methods=["GET", "POST"])
@signed_in
def replace(cycle_id: int) -> ResponseReturnValue:
    vote = _vote(cycle_id)
    message = _("Only the members of this vote’s board decide who sits on it.")
    ensure_standing(queries.part_of(cycle_id, acting().id) is not None, message)
    form = ReplaceForm().offer(queries.members(cycle_id), queries.eligible(vote.cycle.neighborhood_id))
    if form.validate_on_submit():
        asked = form.accepted(lambda: ask_the_board(cycle_id, ActKind.REPLACE_MEMBER, form.answers(), by=acting()))
        if asked is not None:
            flash(_("The board is asked. Another member has to agree within a day."), "success")
            return redirect(url_for("board.show", cycle_id=cycle_id, action_id=asked.hex()))
    return render_template("voting/board/changes/replace.html", cycle=vote.cycle, form=form)


def _vote(cycle_id: int) -> VoteFacts:
    vote = votes.vote_facts(cycle_id)
    if vote.is_imported:
        raise NotFound
    return vote
