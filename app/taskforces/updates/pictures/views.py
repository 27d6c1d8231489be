"""Pages of pictures: add one to a draft, describe it, remove it; take a public one down; and the files."""

from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.clock import today
from app.core.errors import NotFound
from app.core.limits import count_try
from app.core.uploads import takes_file
from app.proposals.attachments.queries import Part
from app.proposals.attachments.views import BODY, sent
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.projects.services import ensure_led
from app.taskforces.updates.drafts import queries as drafts
from app.taskforces.updates.drafts.queries import DraftFacts
from app.taskforces.updates.drafts.rules import Step
from app.taskforces.updates.drafts.services import ensure_may
from app.taskforces.updates.pictures import queries, services
from app.taskforces.updates.pictures.forms import PictureForm, PictureWordsForm, TakeDownForm
from app.taskforces.updates.pictures.queries import PictureFacts

bp = Blueprint("update_pictures", __name__, url_prefix="/projects/<int:project_id>/updates")


@bp.route("/drafts/<int:draft_id>/pictures/add", methods=["GET", "POST"])
@signed_in
@takes_file(BODY)
def add(project_id: int, draft_id: int) -> ResponseReturnValue:
    project, draft = _draft(project_id, draft_id)
    form = PictureForm()
    if form.validate_on_submit():
        count_try("picture of an update", str(acting().id), limit=60, window=timedelta(days=1))
        key = form.once.data or ""
        if form.accepted(lambda: services.add(draft_id, form.command(), key=key, by=acting())) is not None:
            flash(_("The picture is added."), "success")
            return redirect(url_for("drafts.show", project_id=project_id, draft_id=draft_id))
    return render_template("taskforces/updates/pictures/add.html", project=project, draft=draft, form=form)


@bp.route("/drafts/<int:draft_id>/pictures/<int:picture_id>/words", methods=["GET", "POST"])
@signed_in
def describe(project_id: int, draft_id: int, picture_id: int) -> ResponseReturnValue:
    (project, draft), shown = _draft(project_id, draft_id), _shown(draft_id, picture_id)
    form = PictureWordsForm(obj=shown)
    if form.validate_on_submit():
        services.describe(picture_id, form.words.data or "", by=acting())
        flash(_("Your changes are saved."), "success")
        return redirect(url_for("drafts.show", project_id=project_id, draft_id=draft_id))
    template = "taskforces/updates/pictures/describe.html"
    return render_template(template, project=project, draft=draft, shown=shown, form=form)


@bp.route("/drafts/<int:draft_id>/pictures/<int:picture_id>/remove", methods=["GET", "POST"])
@signed_in
def remove(project_id: int, draft_id: int, picture_id: int) -> ResponseReturnValue:
    (project, draft), shown = _draft(project_id, draft_id), _shown(draft_id, picture_id)
    if request.method == "GET":
        template = "taskforces/updates/pictures/remove.html"
        return render_template(template, project=project, draft=draft, shown=shown)
    services.remove(picture_id, by=acting())
    flash(_("The picture is gone."), "success")
    return redirect(url_for("drafts.show", project_id=project_id, draft_id=draft_id))


@bp.route("/pictures/<int:picture_id>/take-down", methods=["GET", "POST"])
@signed_in
def take_down(project_id: int, picture_id: int) -> ResponseReturnValue:
    project, shown = projects.project(project_id), queries.one(project_id, picture_id)
    ensure_led(project.task_force_id, project.stage, None, on=today(project.time_zone), by=acting())
    if shown.update_id is None or shown.taken_down_at is not None:
        raise NotFound
    form = TakeDownForm()
    if form.validate_on_submit():
        services.take_down(picture_id, form.reason.data or "", by=acting())
        flash(_("The picture is gone."), "success")
        return redirect(url_for("projects.show", project_id=project_id, _anchor="updates"))
    return render_template("taskforces/updates/pictures/take_down.html", project=project, shown=shown, form=form)


@bp.get("/pictures/<int:picture_id>/<any('picture.jpg', 'small.jpg'):part>")
@public
def serve(project_id: int, picture_id: int, part: str) -> Response:
    """A public picture to everybody; that of a draft only to those who sit in the task force."""
    facts, viewer = queries.one(project_id, picture_id), current_actor()
    if facts.update_id is None:
        project = projects.project(project_id)
        on = today(project.time_zone)
        if viewer is None or viewer.id not in drafts.sitting(project.task_force_id, on):
            raise NotFound
    return sent(queries.served(facts, Part(part)))


def _draft(project_id: int, draft_id: int) -> tuple[ProjectCard, DraftFacts]:
    project = projects.project(project_id)
    draft = drafts.one(project, draft_id, acting(), today(project.time_zone))
    ensure_may(Step.CHANGE, draft.stage, draft.part)
    return project, draft


def _shown(draft_id: int, picture_id: int) -> PictureFacts:
    found = next((each for each in queries.of_draft(draft_id) if each.id == picture_id), None)
    if found is None:
        raise NotFound
    return found
