"""The page on which a clerk enters what was promised and paid."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.clock import today
from app.core.errors import ensure_standing
from app.core.once import once
from app.taskforces.projects import queries as projects
from app.taskforces.spending import policies, queries, services, words
from app.taskforces.spending.forms import EntryForm
from app.taskforces.spending.rules import EntryKind

bp = Blueprint("spending", __name__, url_prefix="/projects")


@bp.route("/<int:project_id>/ledger/enter", methods=["GET", "POST"])
@only(Role.CLERK)
def enter(project_id: int) -> ResponseReturnValue:
    project = projects.project(project_id)
    allowed = policies.may_enter(acting(), project.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here can write into the ledger."))
    form = EntryForm(on=today(project.time_zone))
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.enter(project_id, form.command(), by=acting()).id)
    ):
        flash(_("The entry is in the ledger."))
        return redirect(url_for("projects.show", project_id=project_id, _anchor="money"))
    balance = queries.balance_of(project_id)
    return render_template("taskforces/spending/enter.html", form=form, project=project, balance=balance)


@bp.app_template_filter("entry_kind")
def kind_words(kind: EntryKind) -> str:
    return str(words.KINDS[kind])
