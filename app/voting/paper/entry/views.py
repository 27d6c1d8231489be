"""Pages of the entry: one line a slip, answered by the next slip at once; and the slips whose two entries differ."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.core.access import Role, acting, only
from app.voting import queries as votes
from app.voting.paper import words
from app.voting.paper.batches import queries as batches
from app.voting.paper.batches.queries import BatchFacts
from app.voting.paper.entry import services
from app.voting.paper.entry.forms import SlipForm
from app.voting.paper.entry.rules import KEYS, Typed
from app.voting.paper.services import handled
from app.voting.queries import VoteFacts

bp = Blueprint("paper_entry", __name__, url_prefix="/paper")


@bp.route("/<int:cycle_id>/batches/<int:batch_id>/enter", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER)
def enter(cycle_id: int, batch_id: int) -> ResponseReturnValue:
    vote, form, kept = handled(cycle_id, acting()), SlipForm(), None
    if form.validate_on_submit():
        kept = form.accepted(lambda: services.enter(cycle_id, batch_id, form.line.data or "", by=acting()))
    batch = batches.batch(vote.id, batch_id)
    mine, due = batches.turn_of(batch_id, acting().id), batch.open_turn
    return render_template(
        "voting/paper/entry/enter.html",
        closed_door=services.why_not_enter(batch, mine),
        due=due,
        done=batch.entered if due is not None and due.value == "first" else batch.entered_again,
        waiting=batch.waiting(due) if due is not None else [],
        **_facts(vote, batch, form if kept is None else SlipForm(formdata=None), kept),
    )


@bp.route("/<int:cycle_id>/batches/<int:batch_id>/third-look", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER)
def settle(cycle_id: int, batch_id: int) -> ResponseReturnValue:
    vote, form, kept, again = handled(cycle_id, acting()), SlipForm(), None, ""
    if form.validate_on_submit():
        line, before = form.line.data or "", form.again.data or ""
        kept = form.accepted(lambda: services.settle(cycle_id, batch_id, line, again=before, by=acting()))
        again = "" if kept else line
    batch = batches.batch(vote.id, batch_id)
    shown = SlipForm(formdata=None) if kept else form
    shown.again.data = again
    return render_template(
        "voting/paper/entry/settle.html",
        mine=batches.turn_of(batch_id, acting().id),
        unlike=[(slip.number, sorted(map(words.answer, (slip.first, slip.second)))) for slip in batch.unlike],
        **_facts(vote, batch, shown, kept),
    )


def _facts(vote: VoteFacts, batch: BatchFacts, form: SlipForm, kept: Typed | None) -> dict[str, object]:
    titles = {option.number: option.title for option in votes.options(vote.id)}
    ranking = () if kept is None else kept.answer.ranking or ()
    return {
        "vote": vote,
        "batch": batch,
        "form": form,
        "kept": kept,
        "kept_titles": [(number, titles[number]) for number in ranking],
        "kept_answer": "" if kept is None else words.answer(kept.answer),
        "titles": titles,
        "keys": {key: str(words.REJECTED[reason]) for key, reason in KEYS.items()},
    }
