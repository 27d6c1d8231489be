"""Pages of paper ballots: where they stand, the boxes with their stock, and the sums that must agree."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import ensure_standing
from app.core.languages import LANGUAGES
from app.core.once import once
from app.cycles import queries as cycles
from app.places import queries as places
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.paper import policies, queries, services, words
from app.voting.paper.forms import BoxForm, CountStockForm, JoinForm, PrintingForm, StubsForm
from app.voting.paper.rules import can_be_explained, total
from app.voting.queries import VoteFacts
from app.voting.rules import VoteStage

bp = Blueprint("paper", __name__, url_prefix="/paper")


@bp.get("/")
@only(Role.CLERK, Role.OFFICER, Role.OBSERVER)
def index() -> str:
    me = acting()
    mine = [
        cycle
        for cycle in cycles.public_cycles()
        if policies.may_watch(me, cycle.neighborhood_id) and cycle.rule_card_hash and not cycle.is_imported
    ]
    return render_template("voting/paper/index.html", cycles=mine)


@bp.get("/<int:cycle_id>")
@only(Role.CLERK, Role.OFFICER, Role.OBSERVER)
def show(cycle_id: int) -> str:
    vote = watched(cycle_id)
    figures = queries.figures(vote.id)
    problems, known = queries.problems(vote.id), queries.explanations(vote.id)
    explained = queries.explained(vote.id)
    return render_template(
        "voting/paper/show.html",
        vote=vote,
        boxes=queries.boxes(vote.id),
        figures=[*figures, *([total(figures, _("All boxes"))] if len(figures) > 1 else [])],
        lines=words.lines,
        problems=[words.problem(each) for each in problems],
        explained=[words.missing(each) for each in explained],
        void=[words.missing(each) for each in known if each not in explained],
        is_explained=lambda balance: any(each.covers(balance) for each in explained),
        may_explain=boards.runs(cycle_id, acting().id) and any(can_be_explained(each) for each in problems),
        may_prepare=policies.may_prepare(acting(), vote.cycle.neighborhood_id),
        may_handle=policies.may_handle(acting(), vote.cycle.neighborhood_id),
        is_closed=vote.stage not in services.BEFORE_THE_CLOSE,
    )


@bp.route("/<int:cycle_id>/boxes/add", methods=["GET", "POST"])
@only(Role.CLERK)
def add_box(cycle_id: int) -> ResponseReturnValue:
    vote, form = watched(cycle_id), BoxForm()
    if form.validate_on_submit():
        made = once(form.once.data or "", lambda: services.add_box(cycle_id, form.command(), by=acting()).id)
        flash(_("The box is there. Record what is printed for it."), "success")
        return redirect(url_for(".box", cycle_id=cycle_id, box_id=made))
    return render_template("voting/paper/add_box.html", vote=vote, form=form)


@bp.route("/<int:cycle_id>/boxes/<int:box_id>", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER, Role.OBSERVER)
def box(cycle_id: int, box_id: int) -> ResponseReturnValue:
    vote = watched(cycle_id)
    box = queries.box(vote.id, box_id)
    form = _form_of_box(vote, box)
    if form is not None and form.validate_on_submit():
        once(form.once.data or "", lambda: _keep(cycle_id, box_id, form))
        flash(_("It is recorded."), "success")
        return redirect(url_for(".box", cycle_id=cycle_id, box_id=box_id))
    return render_template(
        "voting/paper/box.html",
        vote=vote,
        box=box,
        question=form,
        languages=LANGUAGES,
        may_prepare=policies.may_prepare(acting(), vote.cycle.neighborhood_id),
        may_handle=policies.may_handle(acting(), vote.cycle.neighborhood_id),
        is_closed=vote.stage is VoteStage.CLOSED,
        **({} if form is None else {"form": form}),
    )


@bp.route("/<int:cycle_id>/stock/<int:stock_id>/count", methods=["GET", "POST"])
@only(Role.CLERK, Role.OFFICER)
def count_stock(cycle_id: int, stock_id: int) -> ResponseReturnValue:
    vote = watched(cycle_id)
    stock = queries.stock(vote.id, stock_id)
    form = CountStockForm(spoiled=stock.spoiled, unused=stock.unused)
    if form.validate_on_submit() and form.accepted(
        lambda: services.count_stock(cycle_id, stock_id, form.command(), by=acting())
    ):
        flash(_("What is left of this printing is counted."), "success")
        return redirect(url_for(".box", cycle_id=cycle_id, box_id=stock.box_id))
    box = queries.box(vote.id, stock.box_id)
    return render_template("voting/paper/count_stock.html", vote=vote, box=box, stock=stock, form=form)


@bp.route("/<int:cycle_id>/boxes/<int:box_id>/join", methods=["GET", "POST"])
@only(Role.CLERK)
def join(cycle_id: int, box_id: int) -> ResponseReturnValue:
    vote = watched(cycle_id)
    box = queries.box(vote.id, box_id)
    heads = [each for each in queries.boxes(vote.id) if each.joined_to_id is None and each.id != box_id]
    form = JoinForm().offer(heads)
    if form.validate_on_submit():
        services.join_boxes(cycle_id, box_id, form.into.data, by=acting())
        flash(_("The slips of both boxes are one pile now."), "success")
        return redirect(url_for(".show", cycle_id=cycle_id))
    return render_template("voting/paper/join.html", vote=vote, box=box, heads=heads, form=form)


def watched(cycle_id: int) -> VoteFacts:
    """The vote, for those who handle or watch its paper ballots."""
    vote = votes.vote_facts(cycle_id)
    message = _("Only those who handle or watch the paper ballots of this neighborhood see them.")
    ensure_standing(policies.may_watch(acting(), vote.cycle.neighborhood_id), message)
    return vote


def _languages(vote: VoteFacts) -> dict[str, str]:
    spoken = places.neighborhood(vote.cycle.neighborhood_slug).languages
    return {code: name for code, name in LANGUAGES.items() if code in spoken} or LANGUAGES


def _form_of_box(vote: VoteFacts, box: queries.BoxFacts) -> PrintingForm | StubsForm | None:
    """What is asked about a box now: another printing before the close, its torn-off stubs after it."""
    where = vote.cycle.neighborhood_id
    if vote.stage in services.BEFORE_THE_CLOSE:
        return PrintingForm().offer(_languages(vote)) if policies.may_prepare(acting(), where) else None
    if vote.stage is VoteStage.CLOSED and policies.may_handle(acting(), where):
        return StubsForm(stubs=box.stubs)
    return None


def _keep(cycle_id: int, box_id: int, form: PrintingForm | StubsForm) -> int:
    if isinstance(form, PrintingForm):
        return services.record_printing(cycle_id, box_id, form.command(), by=acting()).id
    return services.count_stubs(cycle_id, box_id, form.stubs.data or 0, by=acting()).id
