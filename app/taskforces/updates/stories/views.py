"""Pages of stories: all of them, one to read and print, telling one, and taking one down."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.clock import today
from app.core.errors import NotFound
from app.core.once import once
from app.taskforces.projects import policies
from app.taskforces.projects import queries as projects
from app.taskforces.projects.services import ensure_led
from app.taskforces.seats import queries as seats
from app.taskforces.updates.pictures import queries as pictures
from app.taskforces.updates.stories import queries, services
from app.taskforces.updates.stories.forms import StoryForm, TakeDownForm

bp = Blueprint("stories", __name__, url_prefix="/stories")


@bp.get("/")
@public
def index() -> str:
    page = queries.stories(page=request.args.get("page", 1, int))
    return render_template("taskforces/updates/stories/index.html", page=page)


@bp.get("/<int:story_id>")
@public
def show(story_id: int) -> str:
    story = queries.story(story_id)
    project = projects.project(story.project_id)
    chairs = seats.co_chair_ids(project.task_force_id, today(project.time_zone))
    before, after = queries.pictures_of(story)
    return render_template(
        "taskforces/updates/stories/show.html",
        story=story,
        project=project,
        before=before,
        after=after,
        may_take_down=policies.may_lead(current_actor(), chairs),
    )


@bp.route("/tell/<int:project_id>/<int:milestone_id>", methods=["GET", "POST"])
@signed_in
def tell(project_id: int, milestone_id: int) -> ResponseReturnValue:
    project = projects.project(project_id)
    ensure_led(project.task_force_id, project.stage, None, on=today(project.time_zone), by=acting())
    form, shown = StoryForm(), pictures.of_updates(project_id).values()
    form.offer(each for found in shown for each in found if each.taken_down_at is None)
    if form.validate_on_submit():
        told = form.accepted(
            lambda: once(
                form.once.data, lambda: services.tell(project_id, milestone_id, form.command(), by=acting()).id
            )
        )
        if told is not None:
            flash(_("The story is told."), "success")
            return redirect(url_for(".show", story_id=told))
    untold = next((each for each in queries.untold(project_id) if each.milestone_id == milestone_id), None)
    if untold is None:
        raise NotFound
    if request.method == "GET":
        form.begin(untold)
    return render_template("taskforces/updates/stories/tell.html", form=form, project=project, milestone=untold)


@bp.route("/<int:story_id>/take-down", methods=["GET", "POST"])
@signed_in
def take_down(story_id: int) -> ResponseReturnValue:
    story = queries.story(story_id)
    project = projects.project(story.project_id)
    ensure_led(project.task_force_id, project.stage, None, on=today(project.time_zone), by=acting())
    if story.taken_down_at is not None:
        raise NotFound
    form = TakeDownForm()
    if form.validate_on_submit():
        services.take_down(story_id, form.reason.data or "", by=acting())
        flash(_("The story is taken down."), "success")
        return redirect(url_for(".show", story_id=story_id))
    return render_template("taskforces/updates/stories/take_down.html", form=form, story=story)
