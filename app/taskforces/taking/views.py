"""Pages on which a clerk says which task force would take on which projects."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.places.queries import areas, categories
from app.proposals import queries as proposals
from app.taskforces import policies
from app.taskforces import queries as bodies
from app.taskforces.taking import queries, services
from app.taskforces.taking.forms import NOBODY, TakerForm, remits_form

bp = Blueprint("taking", __name__, url_prefix="/task-forces/taking")


@bp.get("/<int:cycle_id>")
@only(Role.CLERK)
def index(cycle_id: int) -> str:
    cycle = _led(cycle_id)
    page = queries.rows(cycle, page=request.args.get("page", 1, int))
    return render_template("taskforces/taking/index.html", cycle=cycle, page=page)


@bp.route("/<int:cycle_id>/remits", methods=["GET", "POST"])
@only(Role.CLERK)
def remits(cycle_id: int) -> ResponseReturnValue:
    cycle = _led(cycle_id)
    here = cycle.neighborhood_id
    offered = bodies.task_forces(here)
    form = remits_form(categories(here), areas(here), offered)()
    if not form.is_submitted():
        for room, found in zip(("category", "area"), queries.remits(here), strict=True):
            for id_, body in found.items():
                form[f"{room}_{id_}"].data = body
    if form.validate_on_submit():
        services.settle_remits(here, form.command(), by=acting())
        flash(_("Your changes are saved."), "success")
        return redirect(url_for(".index", cycle_id=cycle_id))
    return render_template("taskforces/taking/remits.html", form=form, cycle=cycle, bodies=offered)


@bp.route("/<int:cycle_id>/<int:proposal_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def name(cycle_id: int, proposal_id: int) -> ResponseReturnValue:
    cycle, proposal = _led(cycle_id), proposals.detail(proposal_id, acting())
    if proposal.cycle_id != cycle_id:
        raise NotFound
    form = TakerForm(task_force_id=queries.chosen_for(proposal_id) or NOBODY)
    form.offer(bodies.task_forces(cycle.neighborhood_id))
    if form.validate_on_submit():
        if form.accepted(lambda: services.name_taker(proposal_id, form.chosen, by=acting())):
            flash(_("Your changes are saved."), "success")
            return redirect(url_for(".index", cycle_id=cycle_id))
    return render_template("taskforces/taking/name.html", form=form, cycle=cycle, proposal=proposal)


def _led(cycle_id: int) -> CycleFacts:
    cycle = cycles.facts(cycle_id)
    if not policies.may_constitute(acting(), cycle.neighborhood_id):
        raise NotFound
    return cycle
