"""The page on which a co-chair tells residents what is going on."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import today
from app.core.once import once
from app.taskforces.projects import queries as projects
from app.taskforces.projects.rules import Act
from app.taskforces.projects.services import ensure_led
from app.taskforces.updates import services
from app.taskforces.updates.forms import UpdateForm

bp = Blueprint("updates", __name__, url_prefix="/projects/<int:project_id>/updates")


@bp.route("/write", methods=["GET", "POST"])
@signed_in
def write(project_id: int) -> ResponseReturnValue:
    project = projects.project(project_id)
    ensure_led(project.task_force_id, project.stage, Act.UPDATE, on=today(project.time_zone), by=acting())
    form = UpdateForm()
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.publish_update(project_id, form.command(), by=acting()).id)
    ):
        flash(_("Your update is public."))
        return redirect(url_for("projects.show", project_id=project_id, _anchor="updates"))
    return render_template("taskforces/updates/write.html", form=form, project=project)
