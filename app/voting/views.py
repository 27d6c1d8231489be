"""Pages of a vote: where it stands, what its next step needs, and the question whether to ask the board for it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import NotFound
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.voting import policies, queries, words
from app.voting.board import queries as boards
from app.voting.board import words as board_words
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.extending.queries import extensions
from app.voting.forms import CloseForm, StepForm
from app.voting.reconciling.queries import numbers
from app.voting.rules import STEP_AFTER, BoardStep, is_closed

bp = Blueprint("voting", __name__, url_prefix="/voting")
STEPS = "'fix', 'open', 'close', 'reconcile', 'open-envelopes', 'count', 'publish', 'destroy'"


@bp.get("/")
@signed_in
def index() -> str:
    me = acting()
    mine = [cycle for cycle in cycles.public_cycles() if boards.may_watch(cycle, me)]
    waiting = {action.cycle_id for action in boards.waiting([c.id for c in mine]) if action.requester_id != me.id}
    return render_template("voting/index.html", cycles=mine, waiting=waiting)


@bp.get("/<int:cycle_id>")
@signed_in
def show(cycle_id: int) -> str:
    cycle = boards.watched(cycle_id, acting())
    vote = queries.find_vote(cycle_id)
    closed = vote is not None and is_closed(vote.stage)
    return render_template(
        "voting/show.html",
        cycle=cycle,
        vote=vote,
        lines=words.lines(vote),
        due=words.due_step(cycle, vote),
        may_run=boards.runs(cycle_id, acting().id),
        may_name=policies.may_run(acting(), cycle.neighborhood_id),
        turnout=queries.turnout(vote) if vote else 0,
        extensions=extensions(vote.id) if vote else [],
        numbers=numbers(vote.id) if vote and closed else None,
        roll_is_whole=queries.roll_is_whole(vote) if vote and vote.roll_hash else None,
        trustees=queries.trustees(vote.id) if vote else [],
        board=boards.members(cycle_id),
        requests=boards.actions(cycle_id),
        acts=board_words.ACTS,
        endings=board_words.ENDINGS,
        me=acting(),
    )


@bp.get(f"/<int:cycle_id>/<any({STEPS}):step>")
@signed_in
def confirm(cycle_id: int, step: str) -> ResponseReturnValue:
    cycle = boards.watched(cycle_id, acting())
    vote = queries.find_vote(cycle_id)
    if STEP_AFTER.get(vote.stage if vote else None) is not BoardStep(step):
        return redirect(url_for(".show", cycle_id=cycle_id))
    return _question(cycle, CloseForm() if step == "close" else StepForm())


@bp.post(f"/<int:cycle_id>/<any({STEPS}):step>")
@signed_in
def ask(cycle_id: int, step: str) -> ResponseReturnValue:
    cycle = boards.watched(cycle_id, acting())
    form = CloseForm() if step == "close" else StepForm()
    answers = {"early_reason": form.early_reason.data} if isinstance(form, CloseForm) else {}
    action_id = form.validate() and form.accepted(
        lambda: ask_the_board(cycle_id, ActKind(step), answers, by=acting())
    )
    if not action_id:
        return _question(cycle, form)
    flash(_("The board is asked. Another member has to agree within a day."), "success")
    return redirect(url_for("board.show", cycle_id=cycle_id, action_id=action_id.hex()))


def _question(cycle: CycleFacts, form: StepForm | CloseForm) -> str:
    due = words.due_step(cycle, queries.find_vote(cycle.id))
    if due is None:
        raise NotFound
    action = url_for(".ask", cycle_id=cycle.id, step=due.step.value)
    return render_template("voting/confirm.html", cycle=cycle, due=due, form=form, action=action)
