"""The page of internal notes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NoStanding, ensure_standing
from app.core.once import once
from app.proposals import queries as proposals
from app.proposals.queries import ProposalDetail
from app.proposals.review.assigning import queries as assigning
from app.proposals.review.assigning.rules import why_kept_away
from app.proposals.review.assigning.words import BARRED
from app.proposals.review.notes import queries, services
from app.proposals.review.notes.forms import NoteForm
from app.proposals.review.policies import is_officer

bp = Blueprint("notes", __name__, url_prefix="/review")


@bp.route("/<int:proposal_id>/notes", methods=["GET", "POST"])
@only(Role.OFFICER)
def index(proposal_id: int) -> ResponseReturnValue:
    proposal = _readable(proposal_id)
    form = NoteForm()
    if form.validate_on_submit():
        text, key = form.text.data or "", form.once.data or ""
        made = form.accepted(lambda: once(key, lambda: services.write(proposal_id, text, by=acting()).id))
        if made is not None:
            flash(_("Your note is kept. Only officers read it."), "success")
            return redirect(url_for(".index", proposal_id=proposal_id))
    page = queries.of_proposal(proposal_id, page=request.args.get("page", 1, int))
    return render_template("proposals/review/notes/index.html", form=form, proposal=proposal, page=page)


def _readable(proposal_id: int) -> ProposalDetail:
    """For officers of the neighborhood, but not for whoever keeps away from this proposal."""
    proposal = proposals.detail(proposal_id, acting())
    allowed = is_officer(acting(), proposal.neighborhood_id)
    ensure_standing(allowed, _("Only officers of this neighborhood read these notes."))
    reason = why_kept_away(assigning.bars(proposal_id, proposal.author_id), acting().id)
    if reason is not None:
        raise NoStanding(reason.value, str(BARRED[reason]))
    return proposal
