"""Pages of the prices phase: every price of a cycle, objecting to one, and answering."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only, public, signed_in
from app.core.clock import deadline_now
from app.core.errors import ensure_standing
from app.core.limits import count_try
from app.core.once import once
from app.cycles import queries as cycles
from app.cycles.plans.rules import prices_on
from app.proposals import queries as proposals
from app.proposals.prices import policies, queries, services, words
from app.proposals.prices.forms import AnswerForm, ObjectForm
from app.proposals.prices.rules import Outcome
from app.proposals.review import queries as review
from app.proposals.review.policies import scope

bp = Blueprint("prices", __name__)


@bp.app_template_filter("price_outcome")
def outcome_words(outcome: Outcome) -> str:
    return str(words.OUTCOMES[outcome])


@bp.get("/prices/<int:cycle_id>")
@public
def index(cycle_id: int) -> str:
    cycle = cycles.facts(cycle_id)
    page = queries.published(cycle, page=request.args.get("page", 1, int))
    is_on = prices_on(cycle.plan, deadline_now())
    return render_template("proposals/prices/index.html", cycle=cycle, page=page, is_on=is_on)


@bp.route("/proposals/<int:proposal_id>/object-to-price", methods=["GET", "POST"])
@signed_in
def object_to(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    allowed = policies.may_object(acting(), proposal.neighborhood_id)
    ensure_standing(allowed, _("Residents with a verified home in this neighborhood object to its prices."))
    cycle, form = cycles.facts(proposal.cycle_id), ObjectForm()
    if form.validate_on_submit():
        count_try("price-objection", str(acting().id), limit=20, window=timedelta(days=1))
        key, reason = form.once.data or "", form.reason.data or ""
        if form.accepted(lambda: once(key, lambda: services.object_to(proposal_id, reason, by=acting()).id)):
            flash(
                _("Your objection is published. The ballot cannot be fixed before an officer has answered."), "success"
            )
            return redirect(url_for("proposals.show", proposal_id=proposal_id))
    return render_template(
        "proposals/prices/object.html",
        form=form,
        proposal=proposal,
        cycle=cycle,
        possible=queries.towards_ballot(proposal, cycle, acting()).may_object,
        price=review.price(review.history(proposal_id)),
    )


@bp.get("/review/price-objections")
@only(Role.OFFICER)
def waiting() -> str:
    page = queries.waiting(scope(acting()), page=request.args.get("page", 1, int))
    return render_template("proposals/prices/waiting.html", page=page, now=deadline_now())


@bp.route("/review/price-objections/<int:objection_id>", methods=["GET", "POST"])
@only(Role.OFFICER)
def answer(objection_id: int) -> ResponseReturnValue:
    objection = queries.objection(objection_id)
    proposal = proposals.detail(objection.proposal_id, acting())
    facts = {"author_id": proposal.author_id, "neighborhood_id": proposal.neighborhood_id}
    may = policies.may_answer(acting(), **facts, co_authors=proposal.co_author_ids)
    ensure_standing(may, _("Only an officer of this neighborhood answers, and nobody about their own proposal."))
    form = AnswerForm()
    if form.validate_on_submit():
        if form.accepted(lambda: services.answer(objection_id, form.command(), by=acting())) is not None:
            flash(_("Your answer is public now."), "success")
            return redirect(url_for("proposals.show", proposal_id=proposal.id))
    return render_template("proposals/prices/answer.html", form=form, objection=objection, proposal=proposal)
