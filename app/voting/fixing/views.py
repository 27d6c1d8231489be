"""The check list before a ballot is fixed, and the booklet of the options once it is."""

from flask import Blueprint, render_template
from flask_babel import get_locale

from app.core.access import acting, public, signed_in
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.fixing import words

bp = Blueprint("fixing", __name__)


@bp.get("/voting/<int:cycle_id>/checklist")
@signed_in
def checklist(cycle_id: int) -> str:
    cycle = boards.watched(cycle_id, acting())
    vote = votes.find_vote(cycle_id)
    return render_template(
        "voting/fixing/checklist.html",
        cycle=cycle,
        is_fixed=vote is not None,
        checks=[] if vote else words.checks(cycle),
        may_run=boards.runs(cycle_id, acting().id),
    )


@bp.get("/ballots/<int:cycle_id>/booklet")
@public
def booklet(cycle_id: int) -> str:
    vote = votes.vote_facts(cycle_id)
    language = str(get_locale() or "en")
    options = [option.said_in(language) for option in votes.options(vote.id)]
    return render_template("voting/fixing/booklet.html", vote=vote, options=options)
