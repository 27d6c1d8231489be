"""Pages of projects: the public list, one project, and what clerks and co-chairs do with it."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public, signed_in
from app.core.clock import today
from app.core.errors import ensure_standing
from app.core.once import once
from app.taskforces import queries as bodies
from app.taskforces.oversight import queries as oversight
from app.taskforces.overview import queries as overview
from app.taskforces.overview.forms import FilterForm
from app.taskforces.overview.rules import in_order
from app.taskforces.projects import policies, queries, services, words
from app.taskforces.projects.forms import (
    DoneForm,
    ForecastForm,
    HandOverForm,
    MilestoneForm,
)
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises import words as promise_words
from app.taskforces.projects.promises.rules import Timing
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import ALLOWED, NEXT, Act, ForecastReason, ProjectStage, Status, Verdict
from app.taskforces.seats import queries as seats
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.signing import queries as signing
from app.taskforces.spending import policies as spending_policies
from app.taskforces.spending import queries as spending
from app.taskforces.spending.words import money_bar
from app.taskforces.updates import queries as updates
from app.voting import queries as votes

bp = Blueprint("projects", __name__, url_prefix="/projects")


@bp.get("/")
@public
def index() -> str:
    form = FilterForm(request.args)
    there = queries.everything()
    form.offer(there)
    found = in_order(queries.matching(form.wanted(), there), form.order)
    number, on_map = request.args.get("page", 1, int), request.args.get("view") == "map"
    kept = {name: value for name, value in request.args.items() if name != "page" and value}
    shown = overview.shown(found, number=number, on_map=on_map)
    return render_template("taskforces/overview/index.html", filters=form, shown=shown, kept=kept)


@bp.get("/<int:project_id>")
@public
def show(project_id: int) -> str:
    project = queries.project(project_id)
    here = today(project.time_zone)
    milestones = promises.milestones(project_id, here)
    balance = spending.balance_of(project_id)
    return render_template(
        "taskforces/projects/show.html",
        project=project,
        today=here,
        milestones=milestones,
        strip=promise_words.strip(milestones, here),
        changes=promises.forecast_changes(project_id),
        told=updates.around(project, current_actor(), here),
        setbacks=setbacks.setbacks(project_id),
        balance=balance,
        money_bar=money_bar(balance, project.currency),
        entries=spending.entries(project_id),
        statements=oversight.about_project(project_id),
        agreements=signing.beside_project(project_id),
        may=_may(project, here),
        next_stages=NEXT[project.stage],
    )


@bp.route("/<int:project_id>/hand-over", methods=["GET", "POST"])
@only(Role.CLERK)
def hand_over(project_id: int) -> ResponseReturnValue:
    project = queries.project(project_id)
    allowed = policies.may_hand_over(acting(), project.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here can give a project to a task force."))
    form = HandOverForm()
    form.offer(offered := _offered(project))
    if form.validate_on_submit() and form.accepted(lambda: services.hand_over(project_id, form.command(), by=acting())):
        flash(_("The project is handed over. Its co-chairs write down the milestones next."))
        return redirect(url_for(".show", project_id=project_id))
    return render_template("taskforces/projects/hand_over.html", form=form, project=project, bodies=offered)


@bp.route("/<int:project_id>/plan", methods=["GET", "POST"])
@signed_in
def plan(project_id: int) -> ResponseReturnValue:
    project = _led(project_id, Act.PLAN)
    form = MilestoneForm()
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.plan_milestone(project_id, form.command(), by=acting()).id)
    ):
        flash(_("The milestone is in the plan."))
        return redirect(url_for(".plan", project_id=project_id))
    rows = promises.milestones(project_id, today(project.time_zone))
    return render_template("taskforces/projects/plan.html", form=form, project=project, milestones=rows)


@bp.post("/<int:project_id>/plan/<int:milestone_id>/drop")
@signed_in
def drop_milestone(project_id: int, milestone_id: int) -> ResponseReturnValue:
    services.drop_milestone(project_id, milestone_id, by=acting())
    flash(_("The milestone is out of the plan."))
    return redirect(url_for(".plan", project_id=project_id))


@bp.route("/<int:project_id>/baseline", methods=["GET", "POST"])
@signed_in
def baseline(project_id: int) -> ResponseReturnValue:
    project = _led(project_id, Act.PLAN)
    if request.method == "POST":
        services.set_baseline(project_id, by=acting())
        flash(_("The promise stands. From now on only forecasts move, each with its reason."))
        return redirect(url_for(".show", project_id=project_id))
    rows = promises.milestones(project_id, today(project.time_zone))
    return render_template("taskforces/projects/baseline.html", project=project, milestones=rows)


@bp.route("/<int:project_id>/move/<stage>", methods=["GET", "POST"])
@signed_in
def move(project_id: int, stage: str) -> ResponseReturnValue:
    project = _led(project_id, None)
    services.ensure_step(project.stage, stage, milestones=project.milestones, still_open=project.open_milestones)
    if request.method == "POST":
        services.move(project_id, ProjectStage(stage), by=acting())
        flash(_("The project moved on."))
        return redirect(url_for(".show", project_id=project_id))
    return render_template("taskforces/projects/move.html", project=project, stage=ProjectStage(stage))


@bp.route("/<int:project_id>/milestones/<int:milestone_id>/forecast", methods=["GET", "POST"])
@signed_in
def forecast(project_id: int, milestone_id: int) -> ResponseReturnValue:
    project = _led(project_id, Act.FORECAST)
    milestone = promises.milestone(project_id, milestone_id, today(project.time_zone))
    form = ForecastForm()
    if form.validate_on_submit() and form.accepted(
        lambda: once(
            form.once.data,
            lambda: services.change_forecast(project_id, milestone_id, form.command(), by=acting()).milestone_id,
        )
    ):
        flash(_("The forecast is changed, and everybody can read why."))
        return redirect(url_for(".show", project_id=project_id, _anchor="milestones"))
    return render_template("taskforces/projects/forecast.html", form=form, project=project, milestone=milestone)


@bp.route("/<int:project_id>/milestones/<int:milestone_id>/done", methods=["GET", "POST"])
@signed_in
def done(project_id: int, milestone_id: int) -> ResponseReturnValue:
    project = _led(project_id, Act.MARK_DONE)
    here = today(project.time_zone)
    milestone = promises.milestone(project_id, milestone_id, here)
    form = DoneForm(actual_on=here)
    if form.validate_on_submit() and form.accepted(
        lambda: services.mark_done(project_id, milestone_id, form.command(), by=acting())
    ):
        flash(_("The milestone is done. Thank you!"))
        return redirect(url_for(".show", project_id=project_id, _anchor="milestones"))
    return render_template("taskforces/projects/done.html", form=form, project=project, milestone=milestone)


@bp.app_template_filter("project_stage")
def stage_words(stage: ProjectStage) -> str:
    return str(words.STAGES[stage])


@bp.app_template_filter("project_status")
def status_words(status: Status) -> str:
    return str(words.STATUSES[status])


@bp.app_template_filter("project_tone")
def status_tone(status: Status) -> str:
    return words.TONES[status]


@bp.app_template_filter("project_causes")
def cause_words(verdict: Verdict) -> str:
    return " ".join(words.cause(kind, number) for kind, number in verdict.causes)


@bp.app_template_filter("milestone_timing")
def timing_words(timing: Timing) -> str:
    return str(promise_words.TIMINGS[timing])


@bp.app_template_filter("milestone_tone")
def timing_tone(timing: Timing) -> str:
    return promise_words.TIMING_TONES[timing]


@bp.app_template_filter("forecast_reason")
def reason_words(reason: ForecastReason) -> str:
    return str(promise_words.REASONS[reason])


def _led(project_id: int, act: Act | None) -> ProjectCard:
    project = queries.project(project_id)
    services.ensure_led(project.task_force_id, project.stage, act, on=today(project.time_zone), by=acting())
    return project


def _offered(project: ProjectCard) -> list[bodies.TaskForceFacts]:
    """The task forces it can go to: the one that the ballot named, or any of the neighborhood."""
    named = votes.task_force_named(project.proposal_id)
    found = bodies.task_forces(project.neighborhood_id)
    return [body for body in found if named in (None, body.slug) and body.takes_projects]


def _may(project: ProjectCard, on: date) -> dict[str, bool]:
    actor = current_actor()
    leads = policies.may_lead(actor, seats.co_chair_ids(project.task_force_id, on))
    return {
        "lead": leads,
        "hand_over": policies.may_hand_over(actor, project.neighborhood_id) and not project.is_provisional,
        "enter": spending_policies.may_enter(actor, project.neighborhood_id),
        **{act.value: leads and project.stage in ALLOWED[act] for act in Act},
    }
