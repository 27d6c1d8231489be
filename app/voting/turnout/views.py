"""The page with the turnout of a vote."""

from flask import Blueprint, render_template

from app.core.access import public
from app.core.errors import NotFound
from app.voting.paper.words import missing_paper
from app.voting.queries import vote_facts
from app.voting.rules import VoteStage
from app.voting.turnout.words import turnout_page

bp = Blueprint("turnout", __name__, url_prefix="/turnout")


@bp.get("/<int:cycle_id>")
@public
def show(cycle_id: int) -> str:
    vote = vote_facts(cycle_id)
    if vote.is_imported or vote.stage is VoteStage.FROZEN:
        raise NotFound
    return render_template(
        "voting/turnout/show.html", vote=vote, page=turnout_page(vote), explained=missing_paper(vote.id)
    )
