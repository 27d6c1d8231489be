"""Pages of batches: the list with how far each is, a new header, the second count, the numbers to put on slips."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.once import once
from app.voting.paper import policies
from app.voting.paper import queries as paper
from app.voting.paper.batches import queries, services
from app.voting.paper.batches.forms import CountForm, HeaderForm, VoidForm
from app.voting.paper.rules import Turn, batch_sizes
from app.voting.paper.services import handled
from app.voting.paper.views import watched
from app.voting.rules import VoteStage

bp = Blueprint("paper_batches", __name__, url_prefix="/paper")


@bp.route("/<int:cycle_id>/batches", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER, Role.OBSERVER)
def index(cycle_id: int) -> ResponseReturnValue:
    vote = watched(cycle_id)
    form = HeaderForm().offer(box for box in paper.boxes(vote.id) if box.joined_to_id is None)
    if form.validate_on_submit():
        made = form.accepted(
            lambda: once(
                form.once.data or "",
                lambda: services.count_batch(cycle_id, form.box.data, form.size.data or 0, by=acting()).id,
            )
        )
        if made is not None:
            return redirect(url_for(".show", cycle_id=cycle_id, batch_id=made))
    return render_template(
        "voting/paper/batches/index.html",
        vote=vote,
        form=form,
        batches=queries.batches(vote.id),
        piles=[(each, batch_sizes(each.returned)) for each in paper.figures(vote.id)],
        may_handle=policies.may_handle(acting(), vote.cycle.neighborhood_id) and vote.stage is VoteStage.CLOSED,
    )


@bp.get("/<int:cycle_id>/batches/<int:batch_id>")
@only(Role.CLERK, Role.OFFICER, Role.OBSERVER)
def show(cycle_id: int, batch_id: int) -> str:
    return _page(cycle_id, batch_id, CountForm(formdata=None))


@bp.post("/<int:cycle_id>/batches/<int:batch_id>/confirm")
@only(Role.CLERK, Role.OFFICER)
def confirm(cycle_id: int, batch_id: int) -> ResponseReturnValue:
    handled(cycle_id, acting())
    form = CountForm()
    if not form.validate() or not form.accepted(
        lambda: services.confirm_batch(cycle_id, batch_id, form.size.data or 0, by=acting())
    ):
        return _page(cycle_id, batch_id, form)
    flash(_("Both counts agree. Put one of these numbers on each slip, in any order."), "success")
    return redirect(url_for(".show", cycle_id=cycle_id, batch_id=batch_id))


@bp.post("/<int:cycle_id>/batches/<int:batch_id>/recount")
@only(Role.CLERK, Role.OFFICER)
def recount(cycle_id: int, batch_id: int) -> ResponseReturnValue:
    handled(cycle_id, acting())
    form = CountForm()
    if not form.validate() or not form.accepted(
        lambda: services.recount_batch(cycle_id, batch_id, form.size.data or 0, by=acting())
    ):
        return _page(cycle_id, batch_id, form)
    flash(_("The header is written anew. Somebody else counts the batch again."), "success")
    return redirect(url_for(".show", cycle_id=cycle_id, batch_id=batch_id))


@bp.route("/<int:cycle_id>/batches/<int:batch_id>/take-apart", methods=["GET", "POST"])
@only(Role.CLERK)
def void(cycle_id: int, batch_id: int) -> ResponseReturnValue:
    vote = handled(cycle_id, acting())
    batch, form = queries.batch(vote.id, batch_id), VoidForm()
    if form.validate_on_submit():
        services.void_batch(cycle_id, batch_id, form.reason.data or "", by=acting())
        flash(_("The batch is taken apart. Its slips count no longer."), "success")
        return redirect(url_for(".index", cycle_id=cycle_id))
    return render_template("voting/paper/batches/void.html", vote=vote, batch=batch, form=form)


def _page(cycle_id: int, batch_id: int, form: CountForm) -> str:
    vote = watched(cycle_id)
    batch = queries.batch(vote.id, batch_id)
    where, mine = vote.cycle.neighborhood_id, queries.turn_of(batch_id, acting().id)
    return render_template(
        "voting/paper/batches/show.html",
        vote=vote,
        batch=batch,
        form=form,
        mine=mine,
        numbers=batch.waiting(Turn.FIRST) if batch.is_confirmed and batch.entered == 0 else [],
        is_first_counter=batch.counted_by_id == acting().id,
        may_handle=policies.may_handle(acting(), where) and vote.stage is VoteStage.CLOSED,
        may_prepare=policies.may_prepare(acting(), where) and vote.stage is VoteStage.CLOSED,
    )
