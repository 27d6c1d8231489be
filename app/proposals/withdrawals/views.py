"""The page on which its author and oversight still read a proposal that was withdrawn."""

from flask import Blueprint, render_template

from app.core.access import acting, signed_in
from app.proposals.attachments import queries as attachments
from app.proposals.withdrawals import queries

bp = Blueprint("withdrawals", __name__, url_prefix="/proposals")


@bp.get("/<int:proposal_id>/kept")
@signed_in
def kept(proposal_id: int) -> str:
    proposal = queries.kept(proposal_id, acting())
    shown = attachments.of_proposal(proposal_id)
    return render_template("proposals/withdrawals/kept.html", proposal=proposal, attachments=shown)
