"""Pages of officers: what waits for review, and one proposal to judge and price."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.clock import deadline_now
from app.core.errors import ensure_standing
from app.core.once import once
from app.cycles import queries as cycles
from app.places.queries import categories
from app.proposals import queries as proposals
from app.proposals.queries import ProposalDetail
from app.proposals.review import policies, queries, services, words
from app.proposals.review.forms import QueueFilterForm, ReviewForm
from app.proposals.review.rules import Decision, Reason
from app.proposals.rules import open_to_change

bp = Blueprint("review", __name__, url_prefix="/review")


@bp.app_template_filter("review_decision")
def decision_words(decision: Decision) -> str:
    return str(words.DECISIONS[decision])


@bp.app_template_filter("review_reason")
def reason_words(reason: Reason) -> str:
    return str(words.REASONS[reason])


@bp.get("/")
@only(Role.OFFICER)
def index() -> str:
    scope = policies.scope(acting())
    offered = [cycle for cycle in cycles.of_neighborhoods(scope) if open_to_change(cycle.stage)]
    filters = QueueFilterForm(request.args)
    kinds = [kind for place in sorted({cycle.neighborhood_id for cycle in offered}) for kind in categories(place)]
    filters.offer(offered, kinds)
    page = queries.queue(scope, viewer_id=acting().id, page=request.args.get("page", 1, int), **filters.chosen())
    kept = {name: value for name, value in request.args.items() if name != "page"}
    return render_template("proposals/review/index.html", filters=filters, page=page, kept=kept, now=deadline_now())


@bp.route("/<int:proposal_id>", methods=["GET", "POST"])
@only(Role.OFFICER)
def show(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    _ensure_may_review(proposal)
    findings = queries.history(proposal_id)
    form = ReviewForm()
    form.offer(proposal.stage)
    if request.method == "GET":
        form.show(proposal, queries.price(findings))
        form.has_read(proposal)
    if _is_sent(form) and _recorded(form, proposal):
        flash(_("Your finding is public now, and its author will hear of it."), "success")
        return redirect(url_for("proposals.show", proposal_id=proposal_id))
    cycle = cycles.facts(proposal.cycle_id)
    return render_template("proposals/review/show.html", form=form, proposal=proposal, findings=findings, cycle=cycle)


def _ensure_may_review(proposal: ProposalDetail) -> None:
    here = proposal.neighborhood_id
    ensure_standing(policies.is_officer(acting(), here), _("Only officers of this neighborhood review its proposals."))
    ensure_standing(
        policies.may_review(acting(), author_id=proposal.author_id, neighborhood_id=here),
        _("Nobody reviews or prices their own proposal. Another officer will look at it."),
    )


def _is_sent(form: ReviewForm) -> bool:
    if "add_line" in request.form:
        form.lines.add_row()
        return False
    return bool(form.validate_on_submit())


def _recorded(form: ReviewForm, proposal: ProposalDetail) -> bool:
    """Whether the finding was taken; where the words have changed since, the officer has the new ones before them."""
    made = form.accepted(
        lambda: once(form.once.data or "", lambda: services.review(proposal.id, form.command(), by=acting()).id)
    )
    if made is None:
        form.has_read(proposal)
    return made is not None
