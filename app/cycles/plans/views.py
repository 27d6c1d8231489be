"""The page on which a clerk settles what a cycle asks before its ballot is fixed."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound
from app.cycles import policies, queries
from app.cycles.plans import services
from app.cycles.plans.forms import PlanForm
from app.cycles.rules import Stage, reached

bp = Blueprint("ballot_plans", __name__, url_prefix="/office/cycles")


@bp.route("/<int:cycle_id>/ballot-plan", methods=["GET", "POST"])
@only(Role.CLERK)
def edit(cycle_id: int) -> ResponseReturnValue:
    cycle = queries.facts(cycle_id, drafts=True)
    if not policies.may_edit(acting(), cycle.neighborhood_id):
        raise NotFound
    form = PlanForm()
    if not form.is_submitted():
        form.fill(cycle)
    if form.validate_on_submit():
        if form.accepted(lambda: services.plan_ballot(cycle_id, form.command(), by=acting())) is not None:
            flash(_("Your changes are saved."), "success")
            return redirect(url_for("office_cycles.show", cycle_id=cycle_id))
    is_fixed = reached(cycle.stage, Stage.BALLOT_FIXED)
    return render_template("admin/ballot_plans/edit.html", form=form, cycle=cycle, is_fixed=is_fixed)
