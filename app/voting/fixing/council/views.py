"""The page on which a clerk records the council's confirmation."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound
from app.core.once import once
from app.cycles.queries import facts
from app.voting import policies
from app.voting.fixing import queries
from app.voting.fixing.council import services
from app.voting.fixing.council.forms import ConfirmationForm

bp = Blueprint("council", __name__, url_prefix="/voting")


@bp.route("/<int:cycle_id>/council", methods=["GET", "POST"])
@only(Role.CLERK)
def confirm(cycle_id: int) -> ResponseReturnValue:
    cycle = facts(cycle_id)
    if not policies.may_run(acting(), cycle.neighborhood_id):
        raise NotFound
    form = ConfirmationForm(seen=queries.hash_now(cycle_id))
    if form.validate_on_submit():
        key, command = form.once.data or "", form.command()
        if form.accepted(lambda: once(key, lambda: services.record_confirmation(cycle_id, command, by=acting()))):
            flash(_("The council's decision is on record."), "success")
            return redirect(url_for("fixing.checklist", cycle_id=cycle_id))
        form.seen.data = queries.hash_now(cycle_id)
    return render_template(
        "voting/fixing/council.html",
        form=form,
        cycle=cycle,
        options=queries.to_be(cycle),
        found=queries.confirmation(cycle_id),
    )
