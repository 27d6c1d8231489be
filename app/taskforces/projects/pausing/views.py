"""Pages with which a pause, its end or a cancellation is put before both sides."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only, signed_in
from app.core.errors import ensure, ensure_standing
from app.taskforces.projects import policies, queries
from app.taskforces.projects.pausing import queries as pausing
from app.taskforces.projects.pausing import services
from app.taskforces.projects.pausing.forms import CancelForm, PauseForm
from app.taskforces.projects.promises.views import led
from app.taskforces.projects.rules import ACTIVE, ProjectStage
from app.taskforces.spending import queries as spending

bp = Blueprint("pausing", __name__, url_prefix="/projects/<int:project_id>")


@bp.route("/pause", methods=["GET", "POST"])
@signed_in
def pause(project_id: int) -> ResponseReturnValue:
    project, form = led(project_id, None), PauseForm()
    ensure(project.stage in ACTIVE, "not_a_step", _("Only a project that is under way can be paused."))
    if form.validate_on_submit():
        waits = form.accepted(lambda: services.propose_pause(project_id, form.command(), by=acting()))
        if waits is not None:
            return _to_sign(waits)
    return render_template("taskforces/projects/pausing/pause.html", project=project, form=form)


@bp.route("/resume", methods=["GET", "POST"])
@signed_in
def resume(project_id: int) -> ResponseReturnValue:
    project = led(project_id, None)
    ensure(project.stage is ProjectStage.PAUSED, "not_a_step", _("This project is not paused."))
    if request.method == "POST":
        return _to_sign(services.propose_resumption(project_id, by=acting()))
    rests = pausing.pauses(project_id)[0]
    return render_template("taskforces/projects/pausing/resume.html", project=project, pause=rests)


@bp.route("/cancel", methods=["GET", "POST"])
@only(Role.CLERK)
def cancel(project_id: int) -> ResponseReturnValue:
    project, form = queries.project(project_id), CancelForm()
    allowed = policies.may_hand_over(acting(), project.neighborhood_id)
    ensure_standing(allowed, _("Only the council's clerk puts a cancellation before both sides."))
    ended = _("Only a project that is under way and has a task force can be cancelled.")
    ensure(project.stage in ACTIVE | {ProjectStage.PAUSED}, "not_a_step", ended)
    if form.validate_on_submit():
        reason = form.reason.data or ""
        waits = form.accepted(lambda: services.propose_cancellation(project_id, reason, by=acting()))
        if waits is not None:
            return _to_sign(waits)
    left = spending.balance_of(project_id).unspent_cents
    return render_template("taskforces/projects/pausing/cancel.html", project=project, form=form, left=left)


def _to_sign(agreement_id: int) -> ResponseReturnValue:
    flash(_("It is put before both sides. It happens once both have signed."))
    return redirect(url_for("signing.show", agreement_id=agreement_id))
