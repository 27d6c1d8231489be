"""The public page of who may count a vote again and who holds its full files, and the doors for taking them."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public, signed_in
from app.core.clock import today
from app.core.errors import ensure_standing
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.results import exports
from app.voting.results import queries as results
from app.voting.results.checkers import policies, queries, services
from app.voting.results.checkers.forms import AccreditForm

bp = Blueprint("checkers", __name__, url_prefix="/results")


@bp.get("/<int:cycle_id>/checkers")
@public
def show(cycle_id: int) -> str:
    viewer, vote = current_actor(), votes.vote_facts(cycle_id)
    record = results.visible(vote.cycle, viewer)
    is_checker = viewer is not None and queries.is_checker(vote.cycle, viewer.id)
    is_certified = record is not None and record.is_certified
    where = vote.cycle.neighborhood_id
    may_take = policies.may_take(viewer, where, is_checker=is_checker, is_certified=is_certified)
    return render_template(
        "voting/results/checkers/show.html",
        cycle=vote.cycle,
        level=results.level_of(cycle_id),
        record=record,
        checkers=queries.checkers(vote.cycle),
        copies=queries.copies(cycle_id),
        files=exports.HELD if may_take and record else (),
        may_accredit=viewer is not None and boards.runs(cycle_id, viewer.id),
        may_withdraw=policies.may_withdraw(viewer, where),
    )


@bp.route("/<int:cycle_id>/checkers/new", methods=["GET", "POST"])
@signed_in
def accredit(cycle_id: int) -> ResponseReturnValue:
    vote = votes.vote_facts(cycle_id)
    message = _("Only the members who run this vote accredit its checkers.")
    ensure_standing(boards.runs(cycle_id, acting().id), message)
    form = AccreditForm(starts_on=today(vote.cycle.time_zone))
    if form.validate_on_submit():
        asked = form.accepted(lambda: ask_the_board(cycle_id, ActKind.ACCREDIT, form.answers(), by=acting()))
        if asked is not None:
            flash(_("The board is asked. Another member has to agree within a day."), "success")
            return redirect(url_for("board.show", cycle_id=cycle_id, action_id=asked.hex()))
    return render_template("voting/results/checkers/accredit.html", form=form, cycle=vote.cycle)


@bp.post("/<int:cycle_id>/checkers/<int:checker_id>/withdraw")
@only(Role.CLERK)
def withdraw(cycle_id: int, checker_id: int) -> ResponseReturnValue:
    services.withdraw(cycle_id, checker_id, by=acting())
    flash(_("The accreditation has ended. What was taken before stays taken."))
    return redirect(url_for(".show", cycle_id=cycle_id))


@bp.post("/<int:cycle_id>/checkers/files/<name>")
@signed_in
def take(cycle_id: int, name: str) -> Response:
    content = services.give_out(cycle_id, name, by=acting())
    file_name = f"{votes.vote_facts(cycle_id).cycle.slug}-full-{name}"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(content, content_type=exports.DATASETS[name].media_type, headers=headers)
