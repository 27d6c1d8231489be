"""The promise page: what voters are promised, what holds it, and what is not promised."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from app.core.access import public
from app.cycles.queries import public_cycles
from app.cycles.rules import Stage
from app.voting.promises import words
from app.voting.queries import vote_facts

bp = Blueprint("promises", __name__, url_prefix="/promises")


@bp.get("/")
@public
def index() -> str:
    voting = [vote_facts(cycle.id) for cycle in public_cycles() if cycle.stage is Stage.VOTING]
    at_hand = voting[0] if len(voting) == 1 else None
    return render_template(
        "voting/promises/index.html",
        title=_("What we promise about your vote"),
        promises=words.given(at_hand),
        limits=words.limits(at_hand),
        votes=[words.values(vote) for vote in voting],
    )


@bp.get("/<int:cycle_id>")
@public
def show(cycle_id: int) -> str:
    vote = vote_facts(cycle_id)
    return render_template(
        "voting/promises/index.html",
        title=_("What we promise about your vote: %(name)s", name=vote.cycle.name),
        promises=words.given(vote),
        limits=words.limits(vote),
        votes=[words.values(vote)],
    )
