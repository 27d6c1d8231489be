"""Pages of second looks: ask for one, the officers' list, and one to answer."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only, signed_in
from app.core.clock import deadline_now
from app.core.errors import ensure_standing
from app.core.limits import count_try
from app.core.once import once
from app.cycles import queries as cycles
from app.proposals import queries as proposals
from app.proposals.review import policies
from app.proposals.review import queries as review
from app.proposals.second_looks import queries, services, words
from app.proposals.second_looks.forms import AnswerForm, AskForm
from app.proposals.second_looks.rules import ANSWER_DAYS, Outcome

bp = Blueprint("second_looks", __name__)


@bp.app_template_filter("second_look_outcome")
def outcome_words(outcome: Outcome) -> str:
    return str(words.OUTCOMES[outcome])


@bp.route("/proposals/<int:proposal_id>/second-look", methods=["GET", "POST"])
@signed_in
def ask(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    ensure_standing(proposal.is_own, _("Only its author can ask for a second look."))
    findings, looks = review.history(proposal_id), queries.of_proposal(proposal_id)
    until = queries.open_until(proposal, findings, looks, deadline_now())
    form = AskForm()
    if form.validate_on_submit():
        count_try("second-look", str(acting().id), limit=20, window=timedelta(days=1))
        text, key = form.asked.data or "", form.once.data or ""
        made = form.accepted(lambda: once(key, lambda: services.ask(proposal_id, text, by=acting()).id))
        if made is not None:
            flash(
                _("Another officer will look again and answer here within %(days)s days.", days=ANSWER_DAYS), "success"
            )
            return redirect(url_for("proposals.show", proposal_id=proposal_id))
    return render_template(
        "proposals/second_looks/ask.html", form=form, proposal=proposal, findings=findings, until=until
    )


@bp.get("/review/second-looks")
@only(Role.OFFICER)
def index() -> str:
    page = queries.waiting(policies.scope(acting()), viewer_id=acting().id, page=request.args.get("page", 1, int))
    return render_template("proposals/second_looks/index.html", page=page, now=deadline_now())


@bp.route("/review/second-looks/<int:second_look_id>", methods=["GET", "POST"])
@only(Role.OFFICER)
def answer(second_look_id: int) -> ResponseReturnValue:
    look = queries.find(second_look_id)
    proposal = proposals.detail(look.proposal_id, acting())
    facts = {"author_id": proposal.author_id, "neighborhood_id": proposal.neighborhood_id}
    may = policies.may_review(acting(), **facts, co_authors=proposal.co_author_ids)
    ensure_standing(may, _("Only another officer of this neighborhood looks again."))
    form = AnswerForm()
    if form.validate_on_submit():
        if form.accepted(lambda: services.answer(look.id, form.command(), by=acting())) is not None:
            flash(_("Your answer is public now, and its author will hear of it."), "success")
            return redirect(url_for("proposals.show", proposal_id=proposal.id))
    return render_template(
        "proposals/second_looks/answer.html",
        form=form,
        look=look,
        proposal=proposal,
        findings=review.history(proposal.id),
        cycle=cycles.facts(proposal.cycle_id),
    )
