"""The page of a plain step: asked once, with its reason where it needs one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import today
from app.taskforces.projects import queries
from app.taskforces.projects.services import ensure_led
from app.taskforces.projects.stages import services
from app.taskforces.projects.stages.forms import StepForm

bp = Blueprint("stages", __name__, url_prefix="/projects/<int:project_id>")


@bp.route("/move/<stage>", methods=["GET", "POST"])
@signed_in
def move(project_id: int, stage: str) -> ResponseReturnValue:
    project, to, form = queries.project(project_id), services.named(stage), StepForm()
    ensure_led(project.task_force_id, project.stage, None, on=today(project.time_zone), by=acting())
    asked = services.ensure_offered(project_id, to)
    if not asked:
        del form.reason
    if form.validate_on_submit() and form.accepted(
        lambda: services.move(project_id, to, by=acting(), reason=form.reason.data if asked else "")
    ):
        flash(_("The project moved on."))
        return redirect(url_for("projects.show", project_id=project_id))
    return render_template("taskforces/projects/stages/move.html", project=project, stage=to, form=form)
