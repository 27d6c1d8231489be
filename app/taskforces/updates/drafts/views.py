"""Pages of drafts: read one, change it, hand it in, take it back, send it back, publish it, throw it away."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import today
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.updates.drafts import queries, services, words
from app.taskforces.updates.drafts.forms import DraftForm, PublishForm, SendBackForm
from app.taskforces.updates.drafts.queries import DraftFacts
from app.taskforces.updates.drafts.rules import DraftStage, Step
from app.taskforces.updates.pictures import queries as pictures

bp = Blueprint("drafts", __name__, url_prefix="/projects/<int:project_id>/updates/drafts/<int:draft_id>")


@bp.app_template_filter("draft_stage")
def stage_words(stage: DraftStage) -> str:
    return str(words.STAGES[stage])


@bp.get("")
@signed_in
def show(project_id: int, draft_id: int) -> str:
    project, draft = _one(project_id, draft_id)
    return render_template(
        "taskforces/updates/drafts/show.html", project=project, draft=draft, pictures=pictures.of_draft(draft_id)
    )


@bp.route("/change", methods=["GET", "POST"])
@signed_in
def change(project_id: int, draft_id: int) -> ResponseReturnValue:
    project, draft = _one(project_id, draft_id, Step.CHANGE)
    form = DraftForm(obj=draft)
    if form.validate_on_submit() and form.accepted(lambda: services.change(draft_id, form.command(), by=acting())):
        flash(_("The draft is saved."), "success")
        return redirect(url_for(".show", project_id=project_id, draft_id=draft_id))
    if form.what_changed.errors and request.method == "POST":
        form.edition.raw_data = [str(draft.edition)]
    shown, template = pictures.of_draft(draft_id), "taskforces/updates/drafts/change.html"
    return render_template(template, project=project, draft=draft, form=form, pictures=shown)


@bp.post("/hand-in")
@signed_in
def hand_in(project_id: int, draft_id: int) -> ResponseReturnValue:
    _one(project_id, draft_id)
    services.hand_in(draft_id, by=acting())
    flash(_("It waits for a co-chair now."), "success")
    return redirect(url_for(".show", project_id=project_id, draft_id=draft_id))


@bp.post("/take-back")
@signed_in
def take_back(project_id: int, draft_id: int) -> ResponseReturnValue:
    _one(project_id, draft_id)
    services.take_back(draft_id, by=acting())
    flash(_("It is yours again."), "success")
    return redirect(url_for(".show", project_id=project_id, draft_id=draft_id))


@bp.route("/send-back", methods=["GET", "POST"])
@signed_in
def send_back(project_id: int, draft_id: int) -> ResponseReturnValue:
    project, draft = _one(project_id, draft_id, Step.SEND_BACK)
    form = SendBackForm()
    if form.validate_on_submit():
        services.send_back(draft_id, form.note.data or "", by=acting())
        flash(_("It is back with its writer."), "success")
        return redirect(url_for(".show", project_id=project_id, draft_id=draft_id))
    return render_template("taskforces/updates/drafts/send_back.html", project=project, draft=draft, form=form)


@bp.route("/publish", methods=["GET", "POST"])
@signed_in
def publish(project_id: int, draft_id: int) -> ResponseReturnValue:
    project, draft = _one(project_id, draft_id, Step.PUBLISH)
    form = PublishForm(edition=draft.edition)
    if form.validate_on_submit():
        services.publish(draft_id, edition=form.edition.data or 0, by=acting())
        flash(_("Your update is public."), "success")
        return redirect(url_for("projects.show", project_id=project_id, _anchor="updates"))
    shown = pictures.of_draft(draft_id)
    return render_template(
        "taskforces/updates/drafts/publish.html", project=project, draft=draft, form=form, pictures=shown
    )


@bp.route("/throw-away", methods=["GET", "POST"])
@signed_in
def throw_away(project_id: int, draft_id: int) -> ResponseReturnValue:
    project, draft = _one(project_id, draft_id, Step.THROW_AWAY)
    if request.method == "GET":
        return render_template("taskforces/updates/drafts/throw_away.html", project=project, draft=draft)
    services.throw_away(draft_id, by=acting())
    flash(_("The draft is thrown away."), "success")
    return redirect(url_for("projects.show", project_id=project_id, _anchor="updates"))


def _one(project_id: int, draft_id: int, step: Step | None = None) -> tuple[ProjectCard, DraftFacts]:
    """The draft and its project, for those who sit there; where they may not take `step`, that is said at once."""
    project = projects.project(project_id)
    draft = queries.one(project, draft_id, acting(), today(project.time_zone))
    if step is not None:
        services.ensure_may(step, draft.stage, draft.part)
    return project, draft
