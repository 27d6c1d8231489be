"""Pages of officers: flag two proposals as incompatible, and lift the flag."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import ensure_standing
from app.proposals import queries as proposals
from app.proposals.clashes import queries, services
from app.proposals.clashes.forms import FlagForm, LiftForm
from app.proposals.clashes.rules import GOING_ON
from app.proposals.queries import ProposalDetail
from app.proposals.review.policies import is_officer
from app.proposals.rules import open_to_change

bp = Blueprint("clashes", __name__, url_prefix="/proposals")


@bp.route("/<int:proposal_id>/incompatible", methods=["GET", "POST"])
@only(Role.OFFICER)
def flag(proposal_id: int) -> ResponseReturnValue:
    proposal = _judged(proposal_id)
    form = FlagForm()
    if form.validate_on_submit():
        key, command = form.once.data or "", form.command()
        made = form.accepted(lambda: services.flag(proposal_id, command, key=key, by=acting()))
        if made is not None:
            flash(_("Both pages say so now. The ballot cannot be fixed while both go on."), "success")
            return redirect(url_for("proposals.show", proposal_id=proposal_id))
    possible = proposal.stage in GOING_ON and open_to_change(proposal.cycle_stage)
    return render_template("proposals/clashes/flag.html", form=form, proposal=proposal, possible=possible)


@bp.route("/incompatible/<int:clash_id>/lift", methods=["GET", "POST"])
@only(Role.OFFICER)
def lift(clash_id: int) -> ResponseReturnValue:
    clash = queries.clash(clash_id)
    proposal = _judged(clash.first.id)
    form = LiftForm()
    if form.validate_on_submit():
        services.lift(clash_id, form.reason.data or "", by=acting())
        flash(_("The flag is lifted, and your reason stands on both pages."), "success")
        return redirect(url_for("proposals.show", proposal_id=proposal.id))
    possible = clash.lifted_at is None and open_to_change(proposal.cycle_stage)
    return render_template("proposals/clashes/lift.html", form=form, proposal=proposal, clash=clash, possible=possible)


def _judged(proposal_id: int) -> ProposalDetail:
    proposal = proposals.detail(proposal_id, acting())
    allowed = is_officer(acting(), proposal.neighborhood_id)
    ensure_standing(allowed, _("Only officers of this neighborhood say which proposals are incompatible."))
    return proposal
