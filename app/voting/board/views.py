"""The page of one request to the board: exactly what would happen, who asked, and the second member's answer."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.visits.rules import is_fresh
from app.core.access import acting, signed_in
from app.core.clock import now
from app.cycles.queries import CycleFacts
from app.voting.board import queries, services, words
from app.voting.board.forms import ApproveForm
from app.voting.board.queries import Action
from app.voting.board.rules import ActKind, Ending

bp = Blueprint("board", __name__, url_prefix="/voting")


@bp.get("/<int:cycle_id>/board/<action_id>")
@signed_in
def show(cycle_id: int, action_id: str) -> str:
    cycle, action = _watched(cycle_id, action_id)
    me = acting()
    return render_template(
        "voting/board/show.html",
        cycle=cycle,
        action=action,
        title=words.ACTS[action.kind],
        agreed=words.agreed(action.kind, action.payload, cycle),
        ending=words.ENDINGS[action.ending] if action.ending else None,
        is_mine=action.requester_id == me.id,
        may_answer=queries.may_answer(cycle, action, me),
        is_fresh=is_fresh(me.confirmed_at, now()),
        form=ApproveForm(seen=action.hash),
    )


@bp.post("/<int:cycle_id>/board/<action_id>/approve")
@signed_in
def approve(cycle_id: int, action_id: str) -> ResponseReturnValue:
    _cycle, action = _watched(cycle_id, action_id)
    form = ApproveForm()
    if form.validate():
        services.approve(bytes.fromhex(action.id), form.seen.data or "", by=acting())
        flash(_("Done: %(act)s.", act=words.ACTS[action.kind]), "success")
        # Whoever has just agreed to their own leaving may no longer read the board's page.
        after = "board_changes.index" if action.kind is ActKind.REPLACE_MEMBER else "voting.show"
        return redirect(url_for(after, cycle_id=cycle_id))
    return redirect(url_for(".show", cycle_id=cycle_id, action_id=action_id))


@bp.post("/<int:cycle_id>/board/<action_id>/end")
@signed_in
def end(cycle_id: int, action_id: str) -> ResponseReturnValue:
    _cycle, action = _watched(cycle_id, action_id)
    ending = services.end(bytes.fromhex(action.id), by=acting())
    flash(_("You have withdrawn it.") if ending is Ending.WITHDRAWN else _("You have declined it."), "success")
    return redirect(url_for("voting.show", cycle_id=cycle_id))


def _watched(cycle_id: int, action_id: str) -> tuple[CycleFacts, Action]:
    return queries.watched(cycle_id, acting()), queries.action(cycle_id, action_id)
