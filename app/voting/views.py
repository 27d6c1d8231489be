"""Pages of the vote's board: where the vote stands, what the next step needs, and a question before each."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound, ensure_standing
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.voting import policies, queries, services, words
from app.voting.forms import CloseForm, StepForm
from app.voting.rules import STEP_AFTER, BoardStep, VoteStage

bp = Blueprint("voting", __name__, url_prefix="/voting")


@bp.get("/")
@only(Role.CLERK, Role.OBSERVER)
def index() -> str:
    me = acting()
    mine = [cycle for cycle in cycles.public_cycles() if policies.may_watch(me, cycle.neighborhood_id)]
    return render_template("voting/index.html", cycles=mine)


@bp.get("/<int:cycle_id>")
@only(Role.CLERK, Role.OBSERVER)
def show(cycle_id: int) -> str:
    cycle = _watched(cycle_id)
    vote = queries.find_vote(cycle_id)
    closed = vote is not None and vote.stage not in (VoteStage.FROZEN, VoteStage.OPEN)
    return render_template(
        "voting/show.html",
        cycle=cycle,
        vote=vote,
        lines=words.lines(vote),
        due=words.due_step(cycle, vote),
        may_run=policies.may_run(acting(), cycle.neighborhood_id),
        turnout=queries.turnout(vote) if vote else 0,
        envelopes=queries.final_envelope_count(vote.id) if vote and closed else None,
        roll_is_whole=queries.roll_is_whole(vote) if vote and vote.roll_hash else None,
        trustees=queries.trustees(vote.id) if vote else [],
        board=queries.board(cycle.neighborhood_id),
    )


@bp.get("/<int:cycle_id>/<any('fix', 'open', 'close', 'open-envelopes', 'count'):step>")
@only(Role.CLERK)
def confirm(cycle_id: int, step: str) -> ResponseReturnValue:
    cycle = _watched(cycle_id)
    vote = queries.find_vote(cycle_id)
    if STEP_AFTER.get(vote.stage if vote else None) is not BoardStep(step):
        return redirect(url_for(".show", cycle_id=cycle_id))
    return _question(cycle, CloseForm() if step == "close" else StepForm())


@bp.post("/<int:cycle_id>/fix")
@only(Role.CLERK)
def fix(cycle_id: int) -> ResponseReturnValue:
    services.fix_ballot(cycle_id, by=acting())
    flash(_("The ballot is fixed. The rule card is public."), "success")
    return redirect(url_for(".show", cycle_id=cycle_id))


@bp.post("/<int:cycle_id>/open")
@only(Role.CLERK)
def open_vote(cycle_id: int) -> ResponseReturnValue:
    services.open_vote(cycle_id, by=acting())
    flash(_("The vote is open. Residents on the roll can cast their ballots."), "success")
    return redirect(url_for(".show", cycle_id=cycle_id))


@bp.post("/<int:cycle_id>/close")
@only(Role.CLERK)
def close_vote(cycle_id: int) -> ResponseReturnValue:
    form = CloseForm()
    reason = form.early_reason.data or ""
    if not form.validate() or not form.accepted(
        lambda: services.close_vote(cycle_id, by=acting(), early_reason=reason)
    ):
        return _question(_watched(cycle_id), form)
    flash(_("The vote is closed. The envelopes can be opened now."), "success")
    return redirect(url_for(".show", cycle_id=cycle_id))


def _watched(cycle_id: int) -> CycleFacts:
    cycle = cycles.facts(cycle_id)
    message = _("Only the clerks and observers of this neighborhood see the board of its vote.")
    ensure_standing(policies.may_watch(acting(), cycle.neighborhood_id), message)
    return cycle


def _question(cycle: CycleFacts, form: StepForm | CloseForm) -> str:
    due = words.due_step(cycle, queries.find_vote(cycle.id))
    if due is None:
        raise NotFound
    actions = {
        BoardStep.FIX: "voting.fix",
        BoardStep.OPEN: "voting.open_vote",
        BoardStep.CLOSE: "voting.close_vote",
        BoardStep.OPEN_ENVELOPES: "results.open_envelopes",
        BoardStep.COUNT: "results.count",
        BoardStep.CERTIFY: "results.certify",
    }
    action = url_for(actions[due.step], cycle_id=cycle.id)
    return render_template("voting/confirm.html", cycle=cycle, due=due, form=form, action=action)
