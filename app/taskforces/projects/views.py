"""Pages of projects: the public list, one project, and what clerks and co-chairs do with it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public
from app.core.clock import today
from app.core.errors import ensure_standing
from app.taskforces import queries as bodies
from app.taskforces.overview import queries as overview
from app.taskforces.overview.forms import FilterForm
from app.taskforces.overview.rules import in_order
from app.taskforces.projects import pages, policies, queries, services, words
from app.taskforces.projects.forms import HandOverForm
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.rules import ProjectStage, Status, Verdict
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
    around = pages.everything(project, current_actor(), today(project.time_zone))
    return render_template("taskforces/projects/show.html", project=project, **around)


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


def _offered(project: ProjectCard) -> list[bodies.TaskForceFacts]:
    """The task forces it can go to: the one that the ballot named, or any of the neighborhood."""
    named = votes.task_force_named(project.proposal_id)
    found = bodies.task_forces(project.neighborhood_id)
    return [body for body in found if named in (None, body.slug) and body.takes_projects]
