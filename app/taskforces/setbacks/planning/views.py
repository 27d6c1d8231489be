"""Pages on which a plan against a setback, or its acceptance, is put before both sides."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.taskforces.setbacks import queries
from app.taskforces.setbacks.planning import services
from app.taskforces.setbacks.planning.forms import AcceptForm, PlanForm
from app.taskforces.setbacks.queries import SetbackRow
from app.taskforces.setbacks.rules import Deed
from app.taskforces.setbacks.services import ensure_open_to

bp = Blueprint("planning", __name__, url_prefix="/setbacks")


@bp.route("/<int:setback_id>/plan", methods=["GET", "POST"])
@signed_in
def plan(setback_id: int) -> ResponseReturnValue:
    setback, form = _mine(setback_id), PlanForm()
    if form.validate_on_submit():
        command = form.command()
        agreement_id = form.accepted(lambda: services.propose_plan(setback_id, command, by=acting()), keeps=True)
        if agreement_id is not None:
            return _signing(agreement_id)
    return render_template("taskforces/setbacks/plan.html", form=form, setback=setback)


@bp.route("/<int:setback_id>/accept", methods=["GET", "POST"])
@signed_in
def accept(setback_id: int) -> ResponseReturnValue:
    setback, form = _mine(setback_id), AcceptForm()
    if form.validate_on_submit():
        reason = form.reason.data or ""
        agreement_id = form.accepted(lambda: services.propose_acceptance(setback_id, reason, by=acting()), keeps=True)
        if agreement_id is not None:
            return _signing(agreement_id)
    return render_template("taskforces/setbacks/accept.html", form=form, setback=setback)


def _mine(setback_id: int) -> SetbackRow:
    setback = queries.setback(setback_id)
    ensure_open_to(setback, Deed.PROPOSE, by=acting())
    return setback


def _signing(agreement_id: int) -> ResponseReturnValue:
    flash(_("It waits for both sides. It holds with the second signature."), "success")
    return redirect(url_for("signing.show", agreement_id=agreement_id))
