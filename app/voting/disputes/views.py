"""Pages of «somebody voted as me»: what is known, reporting it, and asking the board to decide."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public, signed_in
from app.core.errors import NotFound, ensure_standing
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.disputes import policies, queries, services, words
from app.voting.disputes.forms import DecideForm, DeskForm, ReportForm
from app.voting.disputes.rules import TAKES_REPORTS, DisputeStage
from app.voting.disputes.services import Report

bp = Blueprint("disputes", __name__, url_prefix="/disputes")


@bp.get("/<int:cycle_id>")
@public
def show(cycle_id: int) -> str:
    return _page(_vote(cycle_id), ReportForm())


@bp.post("/<int:cycle_id>")
@signed_in
def report(cycle_id: int) -> ResponseReturnValue:
    form = ReportForm()
    command = Report(text=form.text.data or "", key=form.once.data or "")
    if form.validate() and form.accepted(lambda: services.report(cycle_id, command, by=acting())):
        flash(_("Thank you. The board answers within three days, by mail and on this page."), "success")
        return redirect(url_for(".show", cycle_id=cycle_id))
    return _page(_vote(cycle_id), form)


@bp.route("/<int:cycle_id>/desk", methods=["GET", "POST"])
@only(Role.CLERK)
def desk(cycle_id: int) -> ResponseReturnValue:
    vote, form = _vote(cycle_id), DeskForm()
    message = _("Only a clerk of this neighborhood writes down what somebody reports.")
    ensure_standing(policies.may_take_down(acting(), vote.cycle.neighborhood_id), message)
    command = Report(text=form.text.data or "", key=form.once.data or "", reference=form.reference.data or "")
    if form.validate_on_submit():
        number = form.accepted(lambda: services.report(cycle_id, command, by=acting()))
        if number is not None:
            flash(_("Report %(number)s is written down.", number=number), "success")
            return redirect(url_for(".all_of", cycle_id=cycle_id))
    return render_template("voting/disputes/desk.html", vote=vote, form=form)


@bp.get("/<int:cycle_id>/all")
@signed_in
def all_of(cycle_id: int) -> str:
    vote = _watched(cycle_id)
    may_decide = boards.runs(cycle_id, acting().id)
    return render_template(
        "voting/disputes/all.html",
        vote=vote,
        disputes=queries.of_vote(cycle_id),
        stages=words.STAGES,
        may_decide=may_decide,
        may_take_down=policies.may_take_down(acting(), vote.cycle.neighborhood_id),
    )


@bp.route("/<int:cycle_id>/<int:number>/decide", methods=["GET", "POST"])
@signed_in
def decide(cycle_id: int, number: int) -> ResponseReturnValue:
    vote, found, form = _watched(cycle_id), queries.find(cycle_id, number), DecideForm()
    message = _("Only the members who run this vote answer reports.")
    ensure_standing(boards.runs(cycle_id, acting().id), message)
    if found.stage is not DisputeStage.REPORTED:
        return redirect(url_for(".all_of", cycle_id=cycle_id))
    action_id = form.validate_on_submit() and form.accepted(
        lambda: ask_the_board(cycle_id, ActKind.VOID_ENVELOPE, form.answers(number), by=acting())
    )
    if action_id:
        flash(_("The board is asked. Another member has to agree within a day."), "success")
        return redirect(url_for("board.show", cycle_id=cycle_id, action_id=action_id.hex()))
    return render_template("voting/disputes/decide.html", vote=vote, dispute=found, known=words.KNOWN, form=form)


def _vote(cycle_id: int) -> votes.VoteFacts:
    vote = votes.vote_facts(cycle_id)
    if vote.is_imported:
        raise NotFound
    return vote


def _watched(cycle_id: int) -> votes.VoteFacts:
    boards.watched(cycle_id, acting())
    return _vote(cycle_id)


def _page(vote: votes.VoteFacts, form: ReportForm) -> str:
    viewer = current_actor()
    standing = queries.standing_of(vote.id, viewer.id) if viewer else None
    return render_template(
        "voting/disputes/show.html",
        vote=vote,
        standing=standing,
        known=words.KNOWN,
        mine=queries.mine(vote.cycle.id, standing.entry_id) if standing else [],
        stages=words.STAGES,
        takes_reports=vote.stage in TAKES_REPORTS,
        counts=queries.public_counts(vote.cycle.id),
        shown=words.shown,
        form=form,
    )
