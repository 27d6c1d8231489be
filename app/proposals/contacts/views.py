"""The page on which an author says how officers reach them."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import ensure_standing
from app.core.limits import count_try
from app.proposals import queries as proposals
from app.proposals.contacts import queries, services
from app.proposals.contacts.forms import ContactForm

bp = Blueprint("contacts", __name__, url_prefix="/proposals")


@bp.route("/<int:proposal_id>/contact", methods=["GET", "POST"])
@signed_in
def give(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    ensure_standing(proposal.is_own, _("Only its author can change this."))
    form = ContactForm()
    if request.method == "GET":
        form.contact.data = queries.of_proposal(proposal, acting())
    if form.validate_on_submit():
        count_try("contact", str(acting().id), limit=100, window=timedelta(days=1))
        services.give(proposal_id, form.contact.data or "", by=acting())
        flash(_("Your changes are saved."), "success")
        return redirect(url_for("writing.resume", proposal_id=proposal_id))
    return render_template("proposals/contacts/give.html", form=form, proposal=proposal)
