"""The page of a lot: the printed values, the order they give, and a form to work it out again."""

from flask import Blueprint, render_template, request

from app.core.access import current_actor, public
from app.voting.results import queries
from app.voting.results.lot.forms import LotForm
from app.voting.results.lot.rules import Worked, as_typed, work_out
from app.voting.results.queries import ResultRecord

bp = Blueprint("lot", __name__, url_prefix="/results")

ASKED = "seed"


@bp.get("/<int:cycle_id>/lot")
@public
def show(cycle_id: int) -> str:
    vote, record = queries.published(cycle_id, current_actor())
    form = LotForm(request.args)
    asked = ASKED in request.args and form.validate()
    return render_template(
        "voting/results/lot/show.html",
        cycle=vote.cycle,
        vote=vote,
        record=record,
        facts=record.facts,
        options=queries.options_by_number(vote),
        printed=_printed(record),
        numbers=as_typed(record.facts.lot_order),
        form=form,
        worked=form.worked() if asked else None,
    )


def _printed(record: ResultRecord) -> Worked | None:
    if record.lot_seed is None:
        return None
    seed, set_hash = bytes.fromhex(record.lot_seed), bytes.fromhex(record.closed_set_hash)
    return work_out(seed, set_hash, record.facts.lot_order)
