"""The page on which somebody of the task force says a public update in another language."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import today
from app.core.errors import NotFound, ensure_standing
from app.core.limits import count_try
from app.core.once import once
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.updates import queries as updates
from app.taskforces.updates.drafts import queries as drafts
from app.taskforces.updates.drafts import words
from app.taskforces.updates.drafts.rules import WhyNot
from app.taskforces.updates.queries import UpdateRow
from app.taskforces.updates.versions import services
from app.taskforces.updates.versions.forms import TranslateForm

bp = Blueprint("update_versions", __name__, url_prefix="/projects/<int:project_id>/updates/<int:update_id>")


@bp.route("/in/<language>", methods=["GET", "POST"])
@signed_in
def translate(project_id: int, update_id: int, language: str) -> ResponseReturnValue:
    project, update = _public(project_id, update_id)
    if language not in update.languages[1:]:
        raise NotFound
    before = update.versions.get(language)
    form = TranslateForm(obj=before)
    if form.validate_on_submit():
        count_try("translation of an update", str(acting().id), limit=60, window=timedelta(days=1))
        command, by = form.command(language), acting()
        if form.accepted(lambda: once(form.once.data, lambda: services.translate(update_id, command, by=by).id)):
            flash(_("The translation is public."), "success")
            return redirect(url_for("projects.show", project_id=project_id, _anchor="updates"))
    if before is not None and form.what_changed.errors:
        form.number.raw_data = [str(before.number)]
    template = "taskforces/updates/versions/translate.html"
    return render_template(template, project=project, update=update, language=language, form=form, before=before)


def _public(project_id: int, update_id: int) -> tuple[ProjectCard, UpdateRow]:
    """The project and its update, for those who sit in the task force."""
    project = projects.project(project_id)
    members = drafts.sitting(project.task_force_id, today(project.time_zone))
    ensure_standing(acting().id in members, str(words.REFUSALS[WhyNot.NOT_SEATED]))
    found = next((row for row in updates.of_project(project_id) if row.id == update_id), None)
    if found is None:
        raise NotFound
    return project, found
