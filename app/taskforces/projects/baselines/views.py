"""Pages of the promise: put the plan before both sides, renew it, and read those before it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, public, signed_in
from app.core.clock import today
from app.taskforces.projects import queries
from app.taskforces.projects.baselines import queries as baselines
from app.taskforces.projects.baselines import services
from app.taskforces.projects.baselines.forms import RenewForm
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.rules import MOVES, Move
from app.taskforces.projects.promises.views import led
from app.taskforces.projects.rules import Act

bp = Blueprint("baselines", __name__, url_prefix="/projects/<int:project_id>")


@bp.get("/baselines")
@public
def index(project_id: int) -> str:
    project = queries.project(project_id)
    rows = baselines.baselines(project_id)
    return render_template("taskforces/projects/baselines/index.html", project=project, baselines=rows)


@bp.route("/baseline", methods=["GET", "POST"])
@signed_in
def promise(project_id: int) -> ResponseReturnValue:
    project = led(project_id, Act.PLAN)
    if request.method == "POST":
        waits = services.propose(project_id, None, by=acting())
        flash(_("The plan is put before both sides. Sign it for yours."))
        return redirect(url_for("signing.show", agreement_id=waits))
    rows = promises.milestones(project_id, today(project.time_zone))
    return render_template("taskforces/projects/baselines/promise.html", project=project, milestones=rows)


@bp.route("/baseline/renew", methods=["GET", "POST"])
@signed_in
def renew(project_id: int) -> ResponseReturnValue:
    project, form = led(project_id, Act.REBASELINE), RenewForm()
    there = promises.milestones(project_id, today(project.time_zone))
    still_open = [row for row in there if row.stage in MOVES[Move.DROP][0]]
    if request.method == "GET":
        form.fill(still_open)
    form.name(there)
    if form.validate_on_submit():
        waits = form.accepted(lambda: services.propose(project_id, form.command(), by=acting()))
        if waits is not None:
            flash(_("The new promise is put before both sides. Sign it for yours."))
            return redirect(url_for("signing.show", agreement_id=waits))
    return render_template("taskforces/projects/baselines/renew.html", project=project, form=form)
