"""Pages about reviewers: what is to be given to whom, take one, hand one on, declare an interest."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.clock import now
from app.core.errors import ensure_standing
from app.proposals import queries as proposals
from app.proposals.queries import ProposalDetail
from app.proposals.review.assigning import policies, queries, services
from app.proposals.review.assigning.forms import AssignForm, InterestForm
from app.proposals.review.assigning.rules import why_kept_away
from app.proposals.review.assigning.words import BARRED
from app.proposals.review.policies import is_officer

bp = Blueprint("assigning", __name__, url_prefix="/review")


@bp.get("/reviewers")
@only(Role.CLERK)
def index() -> str:
    page = queries.to_assign(acting().scope(Role.CLERK), page=request.args.get("page", 1, int))
    return render_template("proposals/review/assigning/index.html", page=page, now=now())


@bp.route("/<int:proposal_id>/reviewer", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER)
def assign(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    bars = queries.bars(proposal_id, proposal.author_id)
    here = proposal.neighborhood_id
    ensure_standing(
        policies.may_hand_on(acting(), reviewer_id=bars.reviewer_id, neighborhood_id=here),
        _("Only a clerk of this neighborhood, or the officer who has it, says who reviews a proposal."),
    )
    form = AssignForm()
    form.offer(queries.candidates(bars, here))
    if form.validate_on_submit():
        made = form.accepted(lambda: services.assign(proposal_id, form.chosen(), by=acting()))
        if made is not None:
            flash(_("It is settled who reviews this proposal."), "success")
            return redirect(url_for(".index") if policies.may_assign(acting(), here) else url_for("review.index"))
    hands = queries.hands(proposal_id)
    return render_template("proposals/review/assigning/assign.html", form=form, proposal=proposal, hands=hands)


@bp.post("/<int:proposal_id>/take")
@only(Role.OFFICER)
def take(proposal_id: int) -> ResponseReturnValue:
    services.take(proposal_id, by=acting())
    flash(_("You review this proposal now."), "success")
    return redirect(url_for("review.show", proposal_id=proposal_id))


@bp.route("/<int:proposal_id>/interest", methods=["GET", "POST"])
@only(Role.OFFICER)
def declare(proposal_id: int) -> ResponseReturnValue:
    proposal = _judged(proposal_id)
    form = InterestForm()
    if form.validate_on_submit():
        said = form.interest.data or ""
        if form.accepted(lambda: services.declare(proposal_id, said, by=acting())) is not None:
            flash(_("Thank you. Everybody can read it, and another officer judges this proposal."), "success")
            return redirect(url_for("review.index"))
    reason = why_kept_away(queries.bars(proposal_id, proposal.author_id), acting().id)
    shut = BARRED[reason] if reason else None
    return render_template("proposals/review/assigning/declare.html", form=form, proposal=proposal, why_not=shut)


def _judged(proposal_id: int) -> ProposalDetail:
    proposal = proposals.detail(proposal_id, acting())
    allowed = is_officer(acting(), proposal.neighborhood_id)
    ensure_standing(allowed, _("Only officers of this neighborhood review its proposals."))
    return proposal
