"""Pages of co-authors: who writes a proposal, asking somebody in, and answering."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.errors import ensure_standing
from app.core.limits import count_try
from app.proposals import queries as proposals
from app.proposals.coauthors import queries, services
from app.proposals.coauthors.forms import CodeForm, InviteForm
from app.proposals.coauthors.rules import read_code

bp = Blueprint("coauthors", __name__, url_prefix="/proposals")
DAY = timedelta(days=1)


@bp.route("/<int:proposal_id>/co-authors", methods=["GET", "POST"])
@signed_in
def index(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    ensure_standing(proposal.is_writer, _("Only those who write this proposal see this page."))
    form = InviteForm()
    if form.validate_on_submit():
        count_try("invite", str(acting().id), limit=30, window=DAY)
        if form.accepted(lambda: services.invite(proposal_id, form.email.data or "", by=acting())) is not None:
            flash(_("Whoever has an account with this address finds the invitation under “My proposals”."), "success")
            return redirect(url_for("coauthors.index", proposal_id=proposal_id))
    return render_template(
        "proposals/coauthors/index.html",
        form=form,
        proposal=proposal,
        waiting=queries.waiting(proposal_id) if proposal.is_own else [],
    )


@bp.post("/<int:proposal_id>/co-authors/code")
@signed_in
def make_code(proposal_id: int) -> ResponseReturnValue:
    count_try("invite", str(acting().id), limit=30, window=DAY)
    services.invite(proposal_id, None, by=acting())
    return redirect(url_for("coauthors.index", proposal_id=proposal_id))


@bp.post("/<int:proposal_id>/co-authors/<int:invitation_id>/take-back")
@signed_in
def take_back(proposal_id: int, invitation_id: int) -> ResponseReturnValue:
    services.take_back(proposal_id, invitation_id, by=acting())
    flash(_("You have taken the invitation back."), "success")
    return redirect(url_for("coauthors.index", proposal_id=proposal_id))


@bp.post("/<int:proposal_id>/co-authors/leave")
@signed_in
def leave(proposal_id: int) -> ResponseReturnValue:
    services.leave(proposal_id, by=acting())
    flash(_("You write this proposal no more. What you have written stays."), "success")
    return redirect(url_for("proposals.mine"))


@bp.route("/invitations", methods=["GET", "POST"])
@signed_in
def enter() -> ResponseReturnValue:
    """For somebody who was handed a code."""
    form = CodeForm()
    if form.validate_on_submit():
        return redirect(url_for("coauthors.answer", code=form.read or "0"))
    return render_template("proposals/coauthors/enter.html", form=form)


@bp.route("/invitations/<code>", methods=["GET", "POST"])
@signed_in
def answer(code: str) -> ResponseReturnValue:
    count_try("co-author code", str(acting().id), limit=60, window=DAY)
    code = read_code(code)
    asked = queries.by_code_for(code, acting().id)
    if request.method == "GET":
        return render_template("proposals/coauthors/answer.html", asked=asked)
    if request.form.get("answer") == "no":
        services.decline(code, by=acting())
        flash(_("Thank you for saying so."), "success")
        return redirect(url_for("proposals.mine"))
    proposal_id = services.accept(code, by=acting())
    flash(_("You are a co-author now. You can change the words; its author sends it in."), "success")
    return redirect(url_for("writing.resume", proposal_id=proposal_id))
