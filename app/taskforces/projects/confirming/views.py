"""Pages on which residents say whether a project works, everybody reads what they say, and clerks count paper."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.clock import today
from app.core.errors import NotFound, ensure_standing
from app.taskforces.projects import queries as projects
from app.taskforces.projects.confirming import policies, queries, services, words
from app.taskforces.projects.confirming.forms import ConfirmForm, PaperForm
from app.taskforces.projects.confirming.rules import why_not_answer, why_not_count
from app.taskforces.projects.queries import ProjectCard

bp = Blueprint("confirmations", __name__, url_prefix="/projects/<int:project_id>/works")


@bp.get("/")
@public
def show(project_id: int) -> str:
    return _page(projects.project(project_id), ConfirmForm())


@bp.post("/")
@signed_in
def answer(project_id: int) -> ResponseReturnValue:
    project, form = projects.project(project_id), ConfirmForm()
    only = _("Verified residents of the neighborhood answer this.")
    ensure_standing(policies.may_answer(acting(), project.neighborhood_id), only)
    if not form.validate_on_submit():
        return _page(project, form)
    services.answer(project_id, form.answered(), by=acting())
    flash(_("Thank you. It is counted with the others, and nobody can see what you answered."), "success")
    return redirect(url_for(".show", project_id=project_id))


@bp.route("/paper", methods=["GET", "POST"])
@signed_in
def paper(project_id: int) -> ResponseReturnValue:
    project = projects.project(project_id)
    only = _("Only a clerk of this neighborhood counts answers on paper.")
    ensure_standing(policies.may_count(acting(), project.neighborhood_id), only)
    days = queries.days_of(project_id)
    if days is None:
        raise NotFound
    before = queries.counted(project_id)
    form = PaperForm(obj=before)
    if form.validate_on_submit() and form.accepted(
        lambda: services.count_paper(project_id, form.command(), by=acting())
    ):
        flash(_("They are counted."), "success")
        return redirect(url_for(".show", project_id=project_id))
    return render_template("taskforces/projects/confirming/paper.html", project=project, days=days, form=form)


def _page(project: ProjectCard, form: ConfirmForm) -> str:
    on, actor = today(project.time_zone), current_actor()
    asked = queries.asked(project.id, on)
    if asked is None:
        raise NotFound
    has_answered = actor is not None and queries.has_answered(project.id, actor.id)
    why_not = why_not_answer(asked.days, on, has_answered=has_answered)
    may_count = policies.may_count(actor, project.neighborhood_id) and why_not_count(asked.days, on) is None
    return render_template(
        "taskforces/projects/confirming/show.html",
        project=project,
        asked=asked,
        form=form,
        why_not=words.WHY_NOT[why_not] if why_not else None,
        may_answer=policies.may_answer(actor, project.neighborhood_id),
        may_count=may_count,
        words=words,
    )
