"""The page that tells a count step by step."""

from flask import Blueprint, render_template, request

from app.core.access import current_actor, public
from app.core.paging import part_of
from app.voting.results import queries
from app.voting.results.steps.figures import figure
from app.voting.results.steps.rules import nearest, steps_in
from app.voting.results.steps.words import Teller
from app.voting.results.words import pot

bp = Blueprint("steps", __name__, url_prefix="/results")

ROWS = 50


@bp.get("/<int:cycle_id>/steps")
@public
def show(cycle_id: int) -> str:
    vote, record = queries.published(cycle_id, current_actor())
    steps = steps_in(record.outcome)
    step = nearest(request.args.get("step", 1, int), steps)
    titles = {number: option.title for number, option in queries.options_by_number(vote).items()}
    teller = Teller(record.facts, titles, vote.cycle.currency)
    here = (step.number - 1) // ROWS + 1
    return render_template(
        "voting/results/steps/show.html",
        cycle=vote.cycle,
        record=record,
        step=step,
        count=len(steps),
        teller=teller,
        figure=figure(step, teller),
        pot=pot(record.facts, vote.cycle.currency, left_cents=step.left_cents),
        log=part_of(steps, number=request.args.get("page", here, int), size=ROWS),
    )
