"""The page of a proposal's revisions: all of them, and what one changed, word by word."""

from flask import Blueprint, render_template, request

from app.core.access import current_actor, public
from app.core.errors import NotFound
from app.proposals import queries as proposals
from app.proposals.revisions import queries, words

bp = Blueprint("revisions", __name__, url_prefix="/proposals")


@bp.get("/<int:proposal_id>/revisions")
@public
def index(proposal_id: int) -> str:
    proposal = proposals.detail(proposal_id, current_actor())
    if proposal.is_gone:
        raise NotFound
    known = {revision.number: revision for revision in queries.all_of(proposal_id)}
    shown = known.get(request.args.get("number", max(known), int))
    if shown is None:
        raise NotFound
    before = known.get(shown.number - 1)
    return render_template(
        "proposals/revisions/index.html",
        proposal=proposal,
        revisions=list(known.values()),
        shown=shown,
        told=words.told(shown, proposal.currency),
        changes=words.changes(before, shown, proposal.currency) if before else [],
    )
