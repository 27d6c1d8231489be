"""Pages of the key holders of a vote: who they are, their keys, their checks, the count set and the result file."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only, signed_in
from app.core.clock import deadline_now
from app.core.errors import NotFound
from app.core.uploads import takes_file
from app.cycles.queries import CycleFacts
from app.voting import policies
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.board.rules import ActKind
from app.voting.board.services import request as ask_the_board
from app.voting.rules import VoteStage
from app.voting.trustees import queries, services
from app.voting.trustees.forms import FileForm, HoldersForm
from app.voting.trustees.rules import is_alarming, second_check_is_due

bp = Blueprint("trustees", __name__, url_prefix="/voting")
SMALL, LARGE = 20_000, 200_000_000


@bp.get("/<int:cycle_id>/keys")
@signed_in
def show(cycle_id: int) -> str:
    cycle = boards.watched(cycle_id, acting())
    vote = votes.find_vote(cycle_id)
    keys = votes.trustees(vote.id) if vote else []
    checked, now = [key.checked_at for key in keys], deadline_now()
    kept_here = vote is not None and votes.key_is_kept_here(vote.id)
    return render_template(
        "voting/trustees/show.html",
        cycle=cycle,
        vote=vote,
        keys=keys,
        holders=queries.holders(cycle_id),
        plan=boards.plan(cycle_id),
        kept_here=kept_here,
        is_due=vote is not None and vote.is_open and second_check_is_due(now, vote.closes_at),
        is_alarm=vote is not None
        and vote.is_open
        and not kept_here
        and is_alarming(checked, threshold=vote.threshold, now=now, closes_at=vote.closes_at),
        runs=boards.runs(cycle_id, acting().id),
        may_plan=policies.may_run(acting(), cycle.neighborhood_id),
        may_open=vote is not None and vote.stage is VoteStage.RECONCILED and not kept_here,
    )


@bp.route("/<int:cycle_id>/keys/plan", methods=["GET", "POST"])
@only(Role.CLERK)
def plan(cycle_id: int) -> ResponseReturnValue:
    cycle = boards.watched(cycle_id, acting())
    form = HoldersForm()
    if not form.is_submitted():
        holders = queries.holders(cycle_id)
        form.names.data = "\n".join(holder.name for holder in holders)
        form.threshold.data = boards.plan(cycle_id).threshold if holders else 2
    if form.validate_on_submit():
        planned = form.accepted(lambda: services.plan(cycle_id, form.command(), by=acting()))
        if planned is not None:
            flash(_("The key holders are settled."), "success")
            return redirect(url_for(".show", cycle_id=cycle_id))
    return render_template("voting/trustees/plan.html", cycle=cycle, form=form)


@bp.route("/<int:cycle_id>/keys/<int:number>/register", methods=["GET", "POST"])
@only(Role.CLERK)
@takes_file(SMALL)
def register(cycle_id: int, number: int) -> ResponseReturnValue:
    holder = next((each for each in queries.holders(cycle_id) if each.number == number), None)
    if holder is None:
        raise NotFound

    def keep(file: bytes) -> str:
        return services.register(cycle_id, number, file, by=acting())

    done = _("The key is here. Now its holder reads the fingerprint aloud, and everybody compares it.")
    return _file_page(boards.watched(cycle_id, acting()), "register", holder.name, keep, done)


@bp.post("/<int:cycle_id>/keys/<int:number>/question")
@signed_in
def question(cycle_id: int, number: int) -> Response:
    asked = services.ask_check(cycle_id, number, by=acting())
    return _download(asked, f"vote-{cycle_id}-key-{number}.check.txt", "text/plain; charset=utf-8")


@bp.route("/<int:cycle_id>/keys/<int:number>/answer", methods=["GET", "POST"])
@signed_in
@takes_file(SMALL)
def answer(cycle_id: int, number: int) -> ResponseReturnValue:
    cycle, vote = boards.watched(cycle_id, acting()), votes.vote_facts(cycle_id)
    holder = next((key.holder for key in votes.trustees(vote.id) if key.number == number), None)
    if holder is None:
        raise NotFound

    def keep(file: bytes) -> int:
        return services.take_answer(cycle_id, number, file, by=acting())

    return _file_page(cycle, "answer", holder, keep, _("This key works."))


@bp.post("/<int:cycle_id>/keys/count-set")
@signed_in
def count_set(cycle_id: int) -> Response:
    taken = services.take_count_set(cycle_id, by=acting())
    return _download(taken, f"vote-{cycle_id}.count-set", "application/octet-stream")


@bp.route("/<int:cycle_id>/keys/result", methods=["GET", "POST"])
@signed_in
@takes_file(LARGE)
def result(cycle_id: int) -> ResponseReturnValue:
    cycle = boards.watched(cycle_id, acting())
    form = FileForm()
    if form.validate_on_submit():
        name = form.accepted(lambda: services.hand_in(cycle_id, form.content(), by=acting()))
        if name is not None:
            answers = {"result_file": name}
            action_id = ask_the_board(cycle_id, ActKind.OPEN_ENVELOPES, answers, by=acting())
            flash(_("The result fits the count set. Another member has to agree within a day."), "success")
            return redirect(url_for("board.show", cycle_id=cycle_id, action_id=action_id.hex()))
    return render_template("voting/trustees/file.html", cycle=cycle, form=form, kind="result", holder=None)


def _file_page(
    cycle: CycleFacts, kind: str, holder: str, keep: Callable[[bytes], object], done: str
) -> ResponseReturnValue:
    """A page that takes one file: again with the reason at the field, or back to the keys."""
    form = FileForm()
    if form.validate_on_submit() and form.accepted(lambda: keep(form.content())) is not None:
        flash(done, "success")
        return redirect(url_for(".show", cycle_id=cycle.id))
    return render_template("voting/trustees/file.html", cycle=cycle, form=form, kind=kind, holder=holder)


def _download(content: bytes, name: str, media_type: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, content_type=media_type, headers=headers)
