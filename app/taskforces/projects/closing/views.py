"""Pages of completion: put it before both sides, put right what is left, and look at it again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import today
from app.core.errors import NotFound, ensure
from app.taskforces.projects.closing import queries, services, words
from app.taskforces.projects.closing.forms import CompletionForm, FixForm, LookAgainForm
from app.taskforces.projects.closing.rules import CheckKind, Missing, Works
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises.views import led
from app.taskforces.projects.rules import Act, ProjectStage

bp = Blueprint("closing", __name__, url_prefix="/projects/<int:project_id>")


@bp.route("/complete", methods=["GET", "POST"])
@signed_in
def complete(project_id: int) -> ResponseReturnValue:
    project, form = led(project_id, None), CompletionForm()
    early = _("Only a project that is being handed over can be completed.")
    ensure(project.stage is ProjectStage.HANDOVER, "not_a_step", early)
    form.name()
    if form.validate_on_submit():
        waits = form.accepted(lambda: services.propose(project_id, form.command(), by=acting()))
        if waits is not None:
            flash(" ".join(str(words.MISSING[each]) for each in (Missing.SIGNATURES, Missing.REPORT)))
            return redirect(url_for("signing.show", agreement_id=waits))
    rows = promises.milestones(project_id, today(project.time_zone))
    shown = {"project": project, "form": form, "milestones": rows}
    signed = queries.signed([project_id]).get(project_id)
    return render_template("taskforces/projects/closing/complete.html", signed=signed, **shown)


@bp.route("/snags/<int:snag_id>", methods=["GET", "POST"])
@signed_in
def fix(project_id: int, snag_id: int) -> ResponseReturnValue:
    project, form = led(project_id, Act.FIX_SNAG), FixForm()
    done = queries.completion(project_id)
    snag = next((each for each in (done.snags if done else ()) if each.id == snag_id), None)
    if snag is None:
        raise NotFound
    if form.validate_on_submit() and form.accepted(
        lambda: services.fix_snag(project_id, snag_id, form.how.data or "", by=acting())
    ):
        flash(_("It is put right. Everybody can see how."))
        return redirect(url_for("projects.show", project_id=project_id, _anchor="completed"))
    return render_template("taskforces/projects/closing/fix.html", project=project, form=form, snag=snag)


@bp.route("/look-again/<any(residents, year):kind>", methods=["GET", "POST"])
@signed_in
def look_again(project_id: int, kind: str) -> ResponseReturnValue:
    project, form = led(project_id, Act.CHECK_AFTER), LookAgainForm()
    done, wanted = queries.completion(project_id), CheckKind(kind)
    if done is None:
        raise NotFound
    if form.validate_on_submit() and form.accepted(
        lambda: services.look_again(project_id, wanted, form.command(), by=acting())
    ):
        flash(_("Everybody can read what you found."))
        return redirect(url_for("projects.show", project_id=project_id, _anchor="completed"))
    due_on, shown = done.due[wanted], {"project": project, "form": form, "kind": wanted}
    return render_template("taskforces/projects/closing/look_again.html", due_on=due_on, **shown)


@bp.app_template_filter("later_check")
def check_words(kind: CheckKind) -> str:
    return str(words.CHECKS[kind])


@bp.app_template_filter("missing")
def missing_words(missing: Missing) -> str:
    return str(words.MISSING[missing])


@bp.app_template_filter("works")
def works_words(works: Works) -> str:
    return str(words.WORKS[works])
