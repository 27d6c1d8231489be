"""The page on which a clerk says which published contract stands behind a commitment."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import ensure_standing
from app.taskforces.projects import queries as projects
from app.taskforces.spending import policies
from app.taskforces.spending.commitments import queries as commitments
from app.taskforces.spending.commitments.views import page
from app.taskforces.spending.contracts import services
from app.taskforces.spending.contracts.forms import ContractForm

bp = Blueprint("contracts", __name__, url_prefix="/projects/<int:project_id>/commitments/<int:commitment_id>")


@bp.route("/contract", methods=["GET", "POST"])
@only(Role.CLERK)
def link(project_id: int, commitment_id: int) -> ResponseReturnValue:
    project, row = projects.project(project_id), commitments.commitment(project_id, commitment_id)
    allowed = policies.may_enter(acting(), project.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk here can write into the ledger."))
    back = url_for("commitments.show", project_id=project_id, commitment_id=commitment_id)
    form = ContractForm(ocid=row.ocid, url=row.contract_url)
    if form.validate_on_submit():
        key = form.once.data or ""
        if form.accepted(lambda: services.link(commitment_id, form.command(), key=key, by=acting())) is not None:
            linked = _("The published contract is on record. Who said it, and when, stays there.")
            flash(
                linked if form.ocid.data else _("No published contract is named any more. What was said stays."),
                "success",
            )
            return redirect(back)
    lead = _("%(code)s: %(who)s. Everybody can then look up the contract.", code=row.code, who=row.counterparty)
    return page(project, form, _("Say which contract is published"), lead, back)
