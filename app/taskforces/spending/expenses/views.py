"""The pages on which a clerk enters what was paid, and takes a payment back."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.clock import today
from app.core.errors import NotFound, ensure_standing
from app.core.money import written
from app.core.uploads import takes_file
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.spending import policies
from app.taskforces.spending.commitments import queries as commitments
from app.taskforces.spending.commitments.views import BODY, before_both, page
from app.taskforces.spending.expenses import queries, services, words
from app.taskforces.spending.expenses.forms import PayForm, TakeBackForm
from app.taskforces.spending.rules import EntryKind

bp = Blueprint("expenses", __name__, url_prefix="/projects/<int:project_id>/commitments/<int:commitment_id>")


@bp.route("/pay", methods=["GET", "POST"])
@only(Role.CLERK)
@takes_file(BODY)
def pay(project_id: int, commitment_id: int) -> ResponseReturnValue:
    project, row = _entered(project_id), commitments.commitment(project_id, commitment_id)
    here = today(project.time_zone)
    form = PayForm(on=here)
    if form.validate_on_submit():
        key = form.once.data or ""
        paid = form.accepted(lambda: services.pay(commitment_id, form.command(), key=key, by=acting()))
        if paid is not None and paid.agreement_id is not None:
            return before_both(paid.agreement_id)
        if paid is not None:
            flash(_("The entry is in the ledger."), "success")
            return redirect(_commitment(project_id, commitment_id))
    found = queries.threshold(project.cycle_id, project.time_zone, commitment_id, on=here, today=here)
    lead = words.lead(row.code, row.left_cents, found, project.currency)
    return page(project, form, _("Enter a payment"), lead, _commitment(project_id, commitment_id))


@bp.route("/entries/<int:entry_id>/take-back", methods=["GET", "POST"])
@only(Role.CLERK)
def take_back(project_id: int, commitment_id: int, entry_id: int) -> ResponseReturnValue:
    project, form = _entered(project_id), TakeBackForm()
    rows = commitments.entries_of(commitments.commitment(project_id, commitment_id).id)
    entry = next((each for each in rows if each.id == entry_id and each.kind is EntryKind.EXPENSE), None)
    if entry is None:
        raise NotFound
    if form.validate_on_submit():
        services.take_back(entry_id, form.reason.data or "", key=form.once.data or "", by=acting())
        flash(_("The payment is taken back by an entry of its own."), "success")
        return redirect(_commitment(project_id, commitment_id))
    lead = _("%(amount)s: %(purpose)s", amount=written(entry.amount_cents, project.currency), purpose=entry.purpose)
    return page(project, form, _("Take a payment back"), lead, _commitment(project_id, commitment_id))


def _entered(project_id: int) -> ProjectCard:
    project = projects.project(project_id)
    allowed = policies.may_enter(acting(), project.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here can write into the ledger."))
    return project


def _commitment(project_id: int, commitment_id: int) -> str:
    return url_for("commitments.show", project_id=project_id, commitment_id=commitment_id)
