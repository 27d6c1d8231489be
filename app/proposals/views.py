"""Pages of proposals: the list, one in full, writing, sending and withdrawing one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Actor, acting, current_actor, public, signed_in
from app.core.clock import deadline_now
from app.core.errors import NotFound, ensure_standing
from app.core.paging import row_number
from app.cycles import queries as cycles
from app.cycles.priorities.queries import priorities
from app.cycles.queries import CycleFacts
from app.cycles.rules import PhaseKind, why_not_now
from app.cycles.services import ensure_phase
from app.places.queries import AreaFacts, areas, categories
from app.proposals import pages, queries, services, words
from app.proposals.attachments import queries as attachments
from app.proposals.ballot_texts import queries as ballot_texts
from app.proposals.coauthors import queries as coauthors
from app.proposals.forms import FilterForm, ProposalForm
from app.proposals.names import queries as names
from app.proposals.queries import ProposalDetail
from app.proposals.revisions import queries as revisions
from app.proposals.revisions import services as revision_verbs
from app.proposals.revisions import words as revision_words
from app.proposals.revisions.forms import EditForm
from app.proposals.revisions.words import Meanwhile
from app.proposals.rules import Stage, shows_supports
from app.proposals.spots import queries as spots
from app.proposals.spots.rules import has_map
from app.proposals.withdrawals import queries as withdrawals
from app.proposals.withdrawals.forms import WithdrawForm
from app.proposals.wordings.views import told, told_one, told_page
from app.proposals.writing import services as writing_verbs
from app.proposals.writing import views as writing

bp = Blueprint("proposals", __name__, url_prefix="/proposals")


@bp.app_template_filter("proposal_stage")
def stage_words(stage: Stage) -> str:
    return str(words.STAGES[stage])


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    offered = cycles.public_cycles()
    cycle = _picked(offered)
    if cycle is None:
        return render_template("proposals/none.html")
    here = areas(cycle.neighborhood_id)
    filters = _filters(cycle, here)
    named = queries.numbered(filters.searched, cycle)
    if named is not None:
        return redirect(url_for(".show", proposal_id=named))
    on_map = request.args.get("view") == "map" and has_map(here)
    number, size = request.args.get("page", 1, int), spots.PAGE_SIZE if on_map else queries.PAGE_SIZE
    page = told_page(queries.cards(cycle_id=cycle.id, page=number, size=size, **filters.chosen()))
    kept = {name: value for name, value in request.args.items() if name != "page"}
    return render_template(
        "proposals/index.html",
        cycle=cycle,
        cycles=offered,
        filters=filters,
        page=page,
        close=told(queries.close_to(filters.searched, cycle.id)) if filters.searched and not page.total else [],
        pictures={} if on_map else attachments.first_pictures([card.id for card in page.items]),
        areas=here if has_map(here) else [],
        marks=spots.marks(page) if on_map else None,
        kept=kept,
        collecting=_is_collecting(cycle),
    )


@bp.get("/mine")
@signed_in
def mine() -> str:
    page = queries.mine(acting().id, page=request.args.get("page", 1, int))
    invitations, texts = coauthors.waiting_for(acting().id), ballot_texts.waiting_for(acting().id)
    return render_template("proposals/mine.html", page=page, invitations=invitations, texts=texts)


@bp.get("/<int:proposal_id>")
@public
def show(proposal_id: int) -> str:
    viewer = current_actor()
    proposal = queries.detail(proposal_id, viewer)
    if proposal.is_gone:
        return _tombstone(proposal, viewer)
    around = pages.everything(proposal, viewer, page=request.args.get("page", 1, int))
    return render_template("proposals/show.html", proposal=told_one(proposal), written=proposal, **around)


@bp.route("/submit", methods=["GET", "POST"])
@signed_in
def submit() -> ResponseReturnValue:
    cycle = _cycle_to_propose_in()
    if cycle is None:
        collecting = [each for each in cycles.now_on() if _is_collecting(each)]
        return render_template("proposals/where.html", cycles=collecting)
    ensure_phase(cycle, PhaseKind.COLLECTING)
    return writing.begin(cycle)


@bp.route("/<int:proposal_id>/edit", methods=["GET", "POST"])
@signed_in
def edit(proposal_id: int) -> ResponseReturnValue:
    proposal = queries.detail(proposal_id, acting())
    ensure_standing(proposal.is_writer, _("Only those who write a proposal can change it."))
    if proposal.stage is Stage.DRAFT:
        return redirect(url_for("writing.resume", proposal_id=proposal_id))
    form = EditForm()
    _offer_choices(form, proposal.neighborhood_id, proposal.cycle_id)
    if request.method == "GET":
        form.show(proposal)
        form.begin(revisions.newest(proposal_id))
    if _wants_no_row(form) and form.validate_on_submit():
        if form.accepted(lambda: revision_verbs.save(proposal_id, form.save(), by=acting())):
            again = proposal.stage is Stage.NEEDS_CHANGES
            flash(_("Thank you. It is back with the officers.") if again else _("Your changes are saved."), "success")
            held = names.around(proposal_id, acting()).held
            return redirect(url_for("names.ask" if held else ".show", proposal_id=proposal_id))
        _take_up(form, proposal_id)
    return render_template("proposals/edit.html", form=form, proposal=proposal, meanwhile=_meanwhile(form, proposal))


@bp.post("/<int:proposal_id>/send")
@signed_in
def send(proposal_id: int) -> ResponseReturnValue:
    if names.around(proposal_id, acting()).asked:
        return redirect(url_for("names.ask", proposal_id=proposal_id))
    writing_verbs.send(proposal_id, by=acting())
    flash(_("Your proposal is in. Everybody can read it now, and an officer will look at it next."), "success")
    return redirect(url_for(".show", proposal_id=proposal_id))


@bp.route("/<int:proposal_id>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(proposal_id: int) -> ResponseReturnValue:
    proposal, form = _own(proposal_id), WithdrawForm()
    if not form.validate_on_submit():
        return render_template("proposals/withdraw.html", proposal=proposal, form=form)
    services.withdraw(proposal_id, by=acting(), reason=form.reason.data or "")
    if proposal.stage is Stage.DRAFT:
        flash(_("Your draft is thrown away."), "success")
        return redirect(url_for(".mine"))
    flash(_("Your proposal is withdrawn."), "success")
    return redirect(url_for(".show", proposal_id=proposal_id))


def _filters(cycle: CycleFacts, here: list[AreaFacts]) -> FilterForm:
    form = FilterForm(request.args)
    told = shows_supports(cycle.stage, hides_supports=cycle.hides_supports)
    kinds, counts = categories(cycle.neighborhood_id), queries.counts(cycle.id)
    form.offer(here, kinds, counts, priorities(cycle.id), told)
    return form


def _tombstone(proposal: ProposalDetail, viewer: Actor | None) -> str:
    gone = withdrawals.of_proposal(proposal, viewer)
    return render_template("proposals/withdrawals/show.html", proposal=proposal, gone=gone)


def _own(proposal_id: int) -> ProposalDetail:
    proposal = queries.detail(proposal_id, acting())
    ensure_standing(proposal.is_own, _("Only its author can change a proposal."))
    return proposal


def _offer_choices(form: ProposalForm, neighborhood_id: int, cycle_id: int) -> None:
    form.offer(areas(neighborhood_id), categories(neighborhood_id), priorities(cycle_id))


def _take_up(form: EditForm, proposal_id: int) -> None:
    """What was saved since the form was begun comes into it where its writer changed nothing."""
    if not form.read_up_to.errors:
        return
    form.has_read(revisions.newest(proposal_id))
    both = revisions.since(proposal_id, form.base)
    if both is not None:
        form.take_up(*both)


def _meanwhile(form: EditForm, proposal: ProposalDetail) -> Meanwhile | None:
    """What others have saved since the form was begun; it stays in sight until the form is saved."""
    both = revisions.since(proposal.id, form.base)
    return revision_words.meanwhile(*both, proposal.currency) if both is not None else None


def _wants_no_row(form: ProposalForm) -> bool:
    """Whether the form was sent in earnest; asking for another line only adds it and keeps what was typed."""
    if "add_line" not in request.form:
        return True
    form.estimate.add_row()
    return False


def _picked(offered: list[CycleFacts]) -> CycleFacts | None:
    """The cycle named in the address, else the newest."""
    wanted = request.args.get("cycle_id", type=row_number)
    if wanted is None:
        return offered[0] if offered else None
    return _named(offered, wanted)


def _named(offered: list[CycleFacts], wanted: int) -> CycleFacts:
    named = [cycle for cycle in offered if cycle.id == wanted]
    if not named:
        raise NotFound
    return named[0]


def _cycle_to_propose_in() -> CycleFacts | None:
    wanted = request.args.get("cycle_id", type=row_number)
    if wanted is not None:
        return _named(cycles.public_cycles(), wanted)
    collecting = [cycle for cycle in cycles.now_on() if _is_collecting(cycle)]
    return collecting[0] if len(collecting) == 1 else None


def _is_collecting(cycle: CycleFacts) -> bool:
    return why_not_now(cycle, PhaseKind.COLLECTING, deadline_now()) is None
