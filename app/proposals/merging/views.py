"""Pages of joining: ask another author, and answer."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import ensure_standing
from app.core.limits import count_try
from app.proposals import queries as proposals
from app.proposals.merging import policies, queries, services
from app.proposals.merging.forms import AnswerForm, JoinForm
from app.proposals.merging.queries import RequestFacts
from app.proposals.merging.rules import Ending, can_take_part
from app.proposals.rules import open_to_change

bp = Blueprint("merging", __name__, url_prefix="/proposals")


@bp.route("/<int:proposal_id>/join", methods=["GET", "POST"])
@signed_in
def ask(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    ensure_standing(proposal.is_own, _("Only its author can join a proposal into another."))
    form = JoinForm()
    if form.validate_on_submit():
        count_try("join", str(acting().id), limit=20, window=timedelta(days=1))
        key, command = form.once.data or "", form.command()
        request_id = form.accepted(lambda: services.ask(proposal_id, command, key=key, by=acting()))
        if request_id is not None:
            return redirect(url_for(".show", request_id=request_id))
    possible = can_take_part(proposal.stage) and open_to_change(proposal.cycle_stage)
    return render_template("proposals/merging/ask.html", form=form, proposal=proposal, possible=possible)


@bp.route("/joins/<int:request_id>", methods=["GET", "POST"])
@signed_in
def show(request_id: int) -> ResponseReturnValue:
    asked = _seen(request_id)
    form = AnswerForm()
    if form.validate_on_submit() and form.accepted(lambda: _answered(asked, form)):
        flash(_("Thank you. Its author will hear of it."), "success")
        return redirect(url_for("proposals.show", proposal_id=asked.into_id))
    viewer = acting()
    return render_template(
        "proposals/merging/show.html",
        asked=asked,
        joining=proposals.detail(asked.proposal_id, viewer),
        into=proposals.detail(asked.into_id, viewer),
        form=form,
        answers=asked.ending is None and policies.may_answer(viewer, into_author_id=asked.into_author_id),
        asks=asked.ending is None and policies.may_ask(viewer, author_id=asked.author_id),
    )


@bp.post("/joins/<int:request_id>/take-back")
@signed_in
def take_back(request_id: int) -> ResponseReturnValue:
    asked = _seen(request_id)
    services.take_back(request_id, by=acting())
    flash(_("You have taken the request back."), "success")
    return redirect(url_for("proposals.show", proposal_id=asked.proposal_id))


def _seen(request_id: int) -> RequestFacts:
    asked = queries.request(request_id)
    allowed = policies.may_see(acting(), author_id=asked.author_id, into_author_id=asked.into_author_id)
    ensure_standing(allowed, _("This is between the authors of the two proposals."))
    return asked


def _answered(asked: RequestFacts, form: AnswerForm) -> Ending:
    if form.answer.data == "yes":
        services.agree(asked.id, by=acting())
        return Ending.AGREED
    services.decline(asked.id, form.reason.data or "", by=acting())
    return Ending.DECLINED
