"""Pages of splitting: ask an author, and answer."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import NotFound, ensure_standing
from app.core.limits import count_try
from app.proposals import queries as proposals
from app.proposals.merging.rules import Ending
from app.proposals.splitting import policies, queries, services
from app.proposals.splitting.forms import AnswerForm, SplitForm
from app.proposals.splitting.queries import RequestFacts
from app.proposals.splitting.rules import can_be_split

bp = Blueprint("splitting", __name__, url_prefix="/proposals")


@bp.route("/<int:proposal_id>/split", methods=["GET", "POST"])
@signed_in
def ask(proposal_id: int) -> ResponseReturnValue:
    proposal, by = proposals.detail(proposal_id, acting()), acting()
    if not proposal.code:
        raise NotFound
    allowed = policies.may_ask(by, author_id=proposal.author_id, neighborhood_id=proposal.neighborhood_id)
    ensure_standing(allowed, _("Verified residents, officers and clerks of this neighborhood ask this."))
    form = SplitForm()
    if form.validate_on_submit():
        count_try("split", str(by.id), limit=20, window=timedelta(days=1))
        key, command = form.once.data or "", form.command()
        request_id = form.accepted(lambda: services.ask(proposal_id, command, key=key, by=by))
        if request_id is not None:
            return redirect(url_for(".show", request_id=request_id))
    possible = can_be_split(proposal.stage, proposal.cycle_stage) and not queries.is_waiting(proposal_id)
    return render_template("proposals/splitting/ask.html", form=form, proposal=proposal, possible=possible)


@bp.route("/splits/<int:request_id>", methods=["GET", "POST"])
@signed_in
def show(request_id: int) -> ResponseReturnValue:
    asked, viewer = _seen(request_id), acting()
    form = AnswerForm()
    if form.validate_on_submit() and form.accepted(lambda: _answered(asked, form)):
        flash(_("Thank you. Whoever asked will hear of it."), "success")
        return redirect(url_for("proposals.show", proposal_id=asked.proposal_id))
    return render_template(
        "proposals/splitting/show.html",
        asked=asked,
        proposal=proposals.detail(asked.proposal_id, viewer),
        form=form,
        answers=asked.ending is None and policies.may_answer(viewer, author_id=asked.author_id),
        asks=asked.ending is None and policies.may_take_back(viewer, asker_id=asked.asker_id),
    )


@bp.post("/splits/<int:request_id>/take-back")
@signed_in
def take_back(request_id: int) -> ResponseReturnValue:
    asked = _seen(request_id)
    services.take_back(request_id, by=acting())
    flash(_("You have taken the request back."), "success")
    return redirect(url_for("proposals.show", proposal_id=asked.proposal_id))


def _seen(request_id: int) -> RequestFacts:
    asked = queries.request(request_id)
    allowed = policies.may_see(acting(), author_id=asked.author_id, asker_id=asked.asker_id)
    ensure_standing(allowed, _("This is between its author and whoever asked."))
    return asked


def _answered(asked: RequestFacts, form: AnswerForm) -> Ending:
    if form.answer.data == "yes":
        services.agree(asked.id, by=acting())
        return Ending.AGREED
    services.decline(asked.id, form.reason.data or "", by=acting())
    return Ending.DECLINED
