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
from app.proposals.review.assigning import queries as assigning
from app.proposals.review.assigning.rules import why_barred, why_kept_away
from app.proposals.review.assigning.words import BARRED
from app.proposals.review.checklists.queries import questions
from app.proposals.review.checklists.words import question as checklist_words
from app.proposals.review.forms import QueueFilterForm, ReviewForm
from app.proposals.review.notes import queries as notes
from app.proposals.review.publishing import queries as publishing
from app.proposals.review.publishing.queries import PreparedFacts
from app.proposals.review.queries import Finding
from app.proposals.review.rules import Decision, Ending, Money, Reason, Reply
from app.proposals.rules import open_to_change

bp = Blueprint("review", __name__, url_prefix="/review")


@bp.app_template_filter("review_decision")
def decision_words(decision: Decision) -> str:
    return str(words.DECISIONS[decision])


@bp.app_template_filter("review_reason")
def reason_words(reason: Reason) -> str:
    return str(words.REASONS[reason])


@bp.app_template_filter("review_reply")
def reply_words(reply: Reply) -> str:
    return str(words.REPLIES[reply])


@bp.app_template_filter("review_money")
def money_words(money: Money) -> str:
    return str(words.MONEY[money])


@bp.app_template_filter("checklist_question")
def question_words(question: str) -> str:
    return checklist_words(question)


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
    back = queries.came_back(acting().id, [row.id for row in page.items])
    return render_template(
        "proposals/review/index.html", filters=filters, page=page, kept=kept, now=deadline_now(), back=back
    )


@bp.route("/<int:proposal_id>", methods=["GET", "POST"])
@only(Role.OFFICER)
def show(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    _ensure_may_review(proposal)
    findings, prepared = queries.history(proposal_id), publishing.newest(proposal_id)
    form = _form(proposal, findings, prepared)
    if _is_sent(form) and _recorded(form, proposal):
        return redirect(url_for("proposals.show", proposal_id=proposal_id))
    bars = assigning.bars(proposal_id, proposal.author_id)
    barred, kept_away = why_barred(bars, acting().id), why_kept_away(bars, acting().id)
    return render_template(
        "proposals/review/show.html",
        form=form,
        proposal=proposal,
        findings=findings,
        prepared=prepared,
        cycle=cycles.facts(proposal.cycle_id),
        settings=publishing.settings(proposal.cycle_id),
        hands=assigning.hands(proposal_id),
        barred=BARRED[barred] if barred else None,
        kept_away=kept_away is not None,
        notes=None if kept_away else notes.of_proposal(proposal_id),
        me=acting(),
    )


def _ensure_may_review(proposal: ProposalDetail) -> None:
    here = proposal.neighborhood_id
    ensure_standing(policies.is_officer(acting(), here), _("Only officers of this neighborhood review its proposals."))
    ensure_standing(
        policies.may_review(
            acting(), author_id=proposal.author_id, neighborhood_id=here, co_authors=proposal.co_author_ids
        ),
        _("Nobody reviews or prices a proposal they write. Another officer will look at it."),
    )


def _form(proposal: ProposalDetail, findings: list[Finding], prepared: PreparedFacts | None) -> ReviewForm:
    """The form as it was sent, or begun with what stands: one's own finding that came back, else the newest one."""
    form, came_back = ReviewForm(), None
    if prepared and prepared.officer_id == acting().id and prepared.ending in (Ending.SENT_BACK, Ending.TAKEN_BACK):
        came_back = prepared.finding
    known = came_back.answers if came_back else findings[0].answers if findings else ()
    form.offer(proposal.stage, questions(proposal.category_id), () if form.is_submitted() else known)
    if request.method == "GET":
        form.show(proposal, queries.price(findings))
        form.has_read(proposal)
        if came_back:
            form.resume(came_back)
    return form


def _is_sent(form: ReviewForm) -> bool:
    if "add_line" in request.form:
        form.lines.add_row()
        return False
    return bool(form.validate_on_submit())


def _recorded(form: ReviewForm, proposal: ProposalDetail) -> bool:
    """Whether the finding was taken; where the words have changed since, the officer has the new ones before them."""
    command = form.command(proposal.time_zone)
    made = form.accepted(
        lambda: once(form.once.data or "", lambda: services.review(proposal.id, command, by=acting()).id)
    )
    if made is None:
        form.has_read(proposal)
        return False
    waiting = queries.standing(proposal.id)
    if waiting.prepared_at is None:
        flash(_("Your finding is public now, and its author will hear of it."), "success")
    elif waiting.waits_for_second:
        flash(_("Your finding is kept. Another officer has to agree before it is public."), "success")
    else:
        flash(_("Your finding is kept. It becomes public when it is published with others."), "success")
    return True
