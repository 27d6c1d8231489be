"""The page on which co-chairs say what a project is expected to cost."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import today
from app.core.errors import ensure_standing
from app.taskforces.projects import queries as projects
from app.taskforces.spending.books import queries as books
from app.taskforces.spending.commitments.views import page
from app.taskforces.spending.forecasts import services
from app.taskforces.spending.forecasts.forms import CostForm

bp = Blueprint("forecasts", __name__, url_prefix="/projects/<int:project_id>/money")


@bp.route("/expected", methods=["GET", "POST"])
@signed_in
def say(project_id: int) -> ResponseReturnValue:
    project = projects.project(project_id)
    leads = books.may(project, acting(), today(project.time_zone)).lead
    ensure_standing(leads, _("Only the co-chairs of its task force say what a project is expected to cost."))
    form, back = CostForm(), url_for("books.show", project_id=project_id)
    if form.validate_on_submit() and form.accepted(lambda: services.say_cost(project_id, form.command(), by=acting())):
        flash(_("What it is expected to cost is on the page of the project."), "success")
        return redirect(back)
    lead = _("If it is more than the project has, a setback must be open before more is promised. (Rule 16)")
    return page(project, form, _("Say what it is expected to cost"), lead, back)
