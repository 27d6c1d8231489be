"""Pages of milestones: the plan, the beginning of work, and a forecast that moves."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import today
from app.core.once import once
from app.taskforces.projects import queries
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises import services, words
from app.taskforces.projects.promises.forms import ForecastForm, MilestoneForm
from app.taskforces.projects.promises.rules import MilestoneKind, MilestoneStage, Timing
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import Act, ForecastReason
from app.taskforces.projects.services import ensure_led

bp = Blueprint("milestones", __name__, url_prefix="/projects/<int:project_id>")


@bp.route("/plan", methods=["GET", "POST"])
@signed_in
def plan(project_id: int) -> ResponseReturnValue:
    project = led(project_id, Act.PLAN)
    rows, form = promises.milestones(project_id, today(project.time_zone)), MilestoneForm()
    form.offer(rows)
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.plan_milestone(project_id, form.command(), by=acting()).id)
    ):
        flash(_("The milestone is in the plan."))
        return redirect(url_for(".plan", project_id=project_id))
    return render_template("taskforces/projects/promises/plan.html", form=form, project=project, milestones=rows)


@bp.post("/plan/<int:milestone_id>/drop")
@signed_in
def drop(project_id: int, milestone_id: int) -> ResponseReturnValue:
    services.drop_milestone(project_id, milestone_id, by=acting())
    flash(_("The milestone is out of the plan."))
    return redirect(url_for(".plan", project_id=project_id))


@bp.post("/milestones/<int:milestone_id>/begin")
@signed_in
def begin(project_id: int, milestone_id: int) -> ResponseReturnValue:
    services.begin(project_id, milestone_id, by=acting())
    flash(_("Everybody can see that work has begun."))
    return redirect(url_for("projects.show", project_id=project_id, _anchor="milestones"))


@bp.route("/milestones/<int:milestone_id>/forecast", methods=["GET", "POST"])
@signed_in
def forecast(project_id: int, milestone_id: int) -> ResponseReturnValue:
    project = led(project_id, Act.FORECAST)
    milestone, form = promises.milestone(project_id, milestone_id, today(project.time_zone)), ForecastForm()
    if form.validate_on_submit() and form.accepted(
        lambda: once(
            form.once.data,
            lambda: services.change_forecast(project_id, milestone_id, form.command(), by=acting()).milestone_id,
        ),
        keeps=True,
    ):
        flash(_("The forecast is changed, and everybody can read why."))
        return redirect(url_for("projects.show", project_id=project_id, _anchor="milestones"))
    return render_template(
        "taskforces/projects/promises/forecast.html", form=form, project=project, milestone=milestone
    )


@bp.app_template_filter("milestone_timing")
def timing_words(timing: Timing) -> str:
    return str(words.TIMINGS[timing])


@bp.app_template_filter("milestone_tone")
def timing_tone(timing: Timing) -> str:
    return words.TIMING_TONES[timing]


@bp.app_template_filter("milestone_kind")
def kind_words(kind: MilestoneKind | str) -> str:
    return str(words.KINDS[MilestoneKind(kind)])


@bp.app_template_filter("milestone_stage")
def stage_words(stage: MilestoneStage) -> str:
    return str(words.STAGES[stage])


@bp.app_template_filter("forecast_reason")
def reason_words(reason: ForecastReason) -> str:
    return str(words.REASONS[reason])


def led(project_id: int, act: Act | None) -> ProjectCard:
    """The project, once it is sure that whoever asks chairs its task force and its stage allows `act`."""
    project = queries.project(project_id)
    ensure_led(project.task_force_id, project.stage, act, on=today(project.time_zone), by=acting())
    return project
