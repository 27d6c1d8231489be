"""All updates of a project, and the page on which its task force writes what residents should hear."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.clock import today
from app.core.errors import ensure, ensure_standing
from app.core.limits import count_try
from app.core.once import once
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.updates import queries, services
from app.taskforces.updates.drafts import services as drafts
from app.taskforces.updates.drafts import words
from app.taskforces.updates.drafts.forms import DraftForm
from app.taskforces.updates.drafts.rules import WhyNot
from app.taskforces.updates.forms import UpdateForm

bp = Blueprint("updates", __name__, url_prefix="/projects/<int:project_id>/updates")


@bp.get("/")
@public
def index(project_id: int) -> str:
    project = projects.project(project_id)
    page = queries.page_of_project(project_id, number=request.args.get("page", 1, int))
    told = queries.around(project, current_actor(), today(project.time_zone))
    return render_template("taskforces/updates/index.html", project=project, page=page, told=told)


@bp.route("/write", methods=["GET", "POST"])
@signed_in
def write(project_id: int) -> ResponseReturnValue:
    project = projects.project(project_id)
    told = queries.around(project, acting(), today(project.time_zone))
    ensure_standing(told.sits, str(words.REFUSALS[WhyNot.NOT_SEATED]))
    ensure(told.may_write, "wrong_stage", str(words.TOO_LATE))
    if "leave" in request.form or not told.may_publish:
        return _as_draft(project)
    form = UpdateForm()
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.publish_update(project_id, form.command(), by=acting()).id)
    ):
        flash(_("Your update is public."))
        return redirect(url_for("projects.show", project_id=project_id, _anchor="updates"))
    return render_template("taskforces/updates/write.html", form=form, project=project, publishes=True)


def _as_draft(project: ProjectCard) -> ResponseReturnValue:
    """Keep what is written; it is read, gets its pictures and goes on its way from its own page."""
    form, by = DraftForm(), acting()
    if form.validate_on_submit():
        count_try("draft of an update", str(by.id), limit=60, window=timedelta(days=1))
        draft_id = form.accepted(
            lambda: once(form.once.data, lambda: drafts.begin(project.id, form.command(), by=by).id)
        )
        if draft_id is not None:
            flash(_("The draft is saved. Only the task force can read it."), "success")
            return redirect(url_for("drafts.show", project_id=project.id, draft_id=draft_id))
    publishes = "leave" in request.form
    return render_template("taskforces/updates/write.html", form=form, project=project, publishes=publishes)
