"""The clerk's page of a cycle's priorities."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound
from app.cycles import policies
from app.cycles import queries as cycles
from app.cycles.priorities import queries, services
from app.cycles.priorities.forms import PrioritiesForm
from app.cycles.priorities.rules import may_still_change

bp = Blueprint("priorities", __name__, url_prefix="/office/cycles")


@bp.route("/<int:cycle_id>/priorities", methods=["GET", "POST"])
@only(Role.CLERK)
def edit(cycle_id: int) -> ResponseReturnValue:
    cycle = cycles.facts(cycle_id, drafts=True)
    if not policies.may_edit(acting(), cycle.neighborhood_id):
        raise NotFound
    statement, form = queries.statement(cycle_id), PrioritiesForm()
    if not form.is_submitted():
        form.fill(statement)
    if form.validate_on_submit():
        form.accepted(lambda: services.state(cycle_id, form.command(), by=acting()))
        if not form.errors:
            flash(_("The priorities are written down. Residents read them on the cycle's page."), "success")
            return redirect(url_for("office_cycles.show", cycle_id=cycle_id))
    may_change = may_still_change(cycle.stage)
    return render_template(
        "cycles/priorities/edit.html", form=form, cycle=cycle, statement=statement, may_change=may_change
    )
