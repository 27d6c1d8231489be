"""The page that shows what the other rules would have done with the same ballots."""

from flask import Blueprint, render_template

from app.core.access import current_actor, public
from app.cycles import words as cycle_words
from app.voting.results import queries
from app.voting.results.explanations.queries import of_result
from app.voting.results.explanations.rules import disputed

bp = Blueprint("explanations", __name__, url_prefix="/results")


@bp.get("/<int:cycle_id>/compare")
@public
def compare(cycle_id: int) -> str:
    vote, record = queries.published(cycle_id, current_actor())
    explained = of_result(record.id)
    compared = explained.facts.compared if explained.facts else ()
    return render_template(
        "voting/results/explanations/compare.html",
        cycle=vote.cycle,
        record=record,
        facts=record.facts,
        options=queries.options_by_number(vote),
        percent=explained.percent,
        is_on_its_way=explained.is_on_its_way,
        compared=compared,
        apart=disputed(compared),
        rule_name=cycle_words.rule_name,
    )
