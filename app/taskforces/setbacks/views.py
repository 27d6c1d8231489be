"""Pages of setbacks: report one, plan and finish what is done about it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import today
from app.core.once import once
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import Act
from app.taskforces.projects.services import ensure_led
from app.taskforces.setbacks import queries, services, words
from app.taskforces.setbacks.forms import ActionForm, SetbackForm
from app.taskforces.setbacks.rules import SetbackStage

bp = Blueprint("setbacks", __name__, url_prefix="/setbacks")


@bp.route("/report/<int:project_id>", methods=["GET", "POST"])
@signed_in
def report(project_id: int) -> ResponseReturnValue:
    project = _led(project_id, Act.REPORT_SETBACK)
    form = SetbackForm(found_on=today(project.time_zone))
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.report(project_id, form.command(), by=acting()).id)
    ):
        flash(_("The setback is public. Now plan what is done about it."))
        return _to_project(project_id)
    return render_template("taskforces/setbacks/report.html", form=form, project=project)


@bp.route("/<int:setback_id>/actions", methods=["GET", "POST"])
@signed_in
def plan_action(setback_id: int) -> ResponseReturnValue:
    setback = queries.setback(setback_id)
    project = _led(setback.project_id, None)
    form = ActionForm()
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.plan_action(setback_id, form.command(), by=acting()).id)
    ):
        flash(_("The corrective action is public."))
        return _to_project(project.id)
    return render_template("taskforces/setbacks/action.html", form=form, project=project, setback=setback)


@bp.post("/actions/<int:action_id>/done")
@signed_in
def finish_action(action_id: int) -> ResponseReturnValue:
    action = services.finish_action(action_id, by=acting())
    flash(_("The corrective action is done."))
    return _to_project(queries.setback(action.setback_id).project_id)


@bp.post("/<int:setback_id>/resolve")
@signed_in
def resolve(setback_id: int) -> ResponseReturnValue:
    setback = services.resolve(setback_id, by=acting())
    flash(_("The setback is resolved."))
    return _to_project(setback.project_id)


@bp.app_template_filter("setback_stage")
def stage_words(stage: SetbackStage) -> str:
    return str(words.STAGES[stage])


@bp.app_template_filter("setback_tone")
def stage_tone(stage: SetbackStage) -> str:
    return words.TONES[stage]


def _led(project_id: int, act: Act | None) -> ProjectCard:
    project = projects.project(project_id)
    ensure_led(project.task_force_id, project.stage, act, on=today(project.time_zone), by=acting())
    return project


def _to_project(project_id: int) -> ResponseReturnValue:
    return redirect(url_for("projects.show", project_id=project_id, _anchor="setbacks"))
