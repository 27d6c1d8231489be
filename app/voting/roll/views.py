"""Pages of the roll: the clerk's lines, strikes and lookalikes; counts and hash for observers; one's own standing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only, public, signed_in
from app.core.errors import NotFound, ensure_standing
from app.core.paging import row_number
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.cycles.rules import Stage
from app.places.queries import areas
from app.voting import queries as votes
from app.voting.queries import VoteFacts
from app.voting.roll import policies, queries, services, words
from app.voting.roll.forms import AddLineForm, FindForm, StrikeForm
from app.voting.roll.imports import queries as imports
from app.voting.roll.imports import words as import_words
from app.voting.roll.services import Settle

bp = Blueprint("roll", __name__)
OFFICE = "/office/roll"


@bp.get(f"{OFFICE}/")
@only(Role.CLERK, Role.OBSERVER)
def index() -> str:
    every = [each for each in cycles.of_neighborhoods(None) if not each.is_imported]
    mine = [cycle for cycle in every if policies.may_watch(acting(), cycle.neighborhood_id)]
    return render_template("voting/roll/index.html", cycles=mine)


@bp.get(f"{OFFICE}/<int:cycle_id>")
@only(Role.CLERK, Role.OBSERVER)
def show(cycle_id: int) -> str:
    cycle = _watched(cycle_id)
    keeps = policies.may_keep(acting(), cycle.neighborhood_id)
    vote = _vote(cycle)
    frozen = vote is not None and vote.roll_hash is not None
    return render_template(
        "voting/roll/show.html",
        cycle=cycle,
        vote=vote,
        frozen=frozen,
        keeps=keeps,
        counts=queries.counts(cycle),
        waiting=len(queries.likenesses(cycle)) if not frozen else 0,
        changes=queries.changes(vote.id) if vote and frozen else [],
        is_whole=votes.roll_is_whole(vote) if vote and frozen else None,
        imports=imports.imports(cycle_id),
        stages=import_words.STAGES,
        kinds=words.CHANGES,
    )


@bp.get(f"{OFFICE}/<int:cycle_id>/lines")
@only(Role.CLERK)
def lines(cycle_id: int) -> str:
    cycle = services.keeping(cycle_id, acting())
    find = FindForm(request.args, meta={"csrf": False})
    show = find.show.data if find.show.data in words.SHOWN else "all"
    page = queries.lines(cycle, words=find.q.data or "", show=show, number=_page())
    vote = _vote(cycle)
    frozen = queries.frozen(vote.id, page.items) if vote and vote.roll_hash else None
    return render_template(
        "voting/roll/lines.html", cycle=cycle, page=page, find=find, frozen=frozen, words=words, show=show
    )


@bp.route(f"{OFFICE}/<int:cycle_id>/lines/<key>", methods=["GET", "POST"])
@only(Role.CLERK)
def line(cycle_id: int, key: str) -> ResponseReturnValue:
    cycle = services.keeping(cycle_id, acting())
    found = queries.line(cycle, key)
    form = StrikeForm()
    if form.validate_on_submit():
        services.strike(cycle_id, key, form.reason.data or "", by=acting())
        flash(_("The line is struck. Its owner reads the reason."), "success")
        return redirect(url_for(".lines", cycle_id=cycle_id))
    vote = _vote(cycle)
    frozen = queries.frozen(vote.id, [found]) if vote and vote.roll_hash else None
    return render_template("voting/roll/line.html", cycle=cycle, line=found, form=form, frozen=frozen, words=words)


@bp.post(f"{OFFICE}/<int:cycle_id>/lines/<key>/restore")
@only(Role.CLERK)
def restore(cycle_id: int, key: str) -> ResponseReturnValue:
    services.restore(cycle_id, key, by=acting())
    flash(_("The line is on the roll again."), "success")
    return redirect(url_for(".line", cycle_id=cycle_id, key=key))


@bp.route(f"{OFFICE}/<int:cycle_id>/add", methods=["GET", "POST"])
@only(Role.CLERK)
def add(cycle_id: int) -> ResponseReturnValue:
    cycle = services.keeping(cycle_id, acting())
    form = AddLineForm().offer(areas(cycle.neighborhood_id))
    if form.validate_on_submit():
        if form.accepted(lambda: services.add_line(cycle_id, form.command(), by=acting())) is not None:
            flash(_("The line is on the list."), "success")
            return redirect(url_for(".lines", cycle_id=cycle_id, q=form.name.data))
    return render_template("voting/roll/add.html", cycle=cycle, form=form, frozen=queries.is_frozen(cycle_id))


@bp.get(f"{OFFICE}/<int:cycle_id>/lookalikes")
@only(Role.CLERK)
def likenesses(cycle_id: int) -> str:
    cycle = services.keeping(cycle_id, acting())
    page = queries.likeness_page(cycle, number=_page())
    return render_template("voting/roll/likenesses.html", cycle=cycle, page=page, me=acting().id)


@bp.post(f"{OFFICE}/<int:cycle_id>/lookalikes/<listing>/<int:person_id>/<any('same', 'two'):answer>")
@only(Role.CLERK)
def settle(cycle_id: int, listing: str, person_id: int, answer: str) -> ResponseReturnValue:
    try:
        listing_id = bytes.fromhex(listing)
    except ValueError as reason:
        raise NotFound from reason
    command = Settle(listing_id=listing_id, person_id=person_id, is_same=answer == "same")
    services.settle(cycle_id, command, by=acting())
    settled = _("One person, one line.") if command.is_same else _("Two people, two lines.")
    flash(settled, "success")
    return redirect(url_for(".likenesses", cycle_id=cycle_id))


@bp.get("/roll/mine")
@signed_in
def mine() -> str:
    me = acting()
    running = [c for c in cycles.public_cycles() if c.stage is not Stage.CLOSED and not c.is_imported]
    asked = request.args.get("cycle_id", type=row_number)
    shown = [c for c in running if c.id == asked or asked is None][:10]
    standings = [queries.mine(cycle, me) for cycle in shown]
    return render_template("voting/roll/mine.html", standings=[(s, words.for_the_voter(s)) for s in standings])


@bp.get("/roll/<int:cycle_id>")
@public
def facts(cycle_id: int) -> str:
    cycle = cycles.facts(cycle_id)
    if cycle.is_imported:
        raise NotFound
    vote = votes.find_vote(cycle_id)
    frozen = vote is not None and vote.roll_hash is not None
    changes = queries.changes(vote.id) if vote and frozen else []
    return render_template(
        "voting/roll/facts.html", cycle=cycle, vote=vote, frozen=frozen, changes=changes, kinds=words.CHANGES
    )


def _watched(cycle_id: int) -> CycleFacts:
    cycle = cycles.facts(cycle_id, drafts=True)
    message = _("Only the clerks and observers of this neighborhood see its roll.")
    ensure_standing(policies.may_watch(acting(), cycle.neighborhood_id), message)
    return cycle


def _vote(cycle: CycleFacts) -> VoteFacts | None:
    return None if cycle.stage is Stage.DRAFT else votes.find_vote(cycle.id)


def _page() -> int:
    return request.args.get("page", 1, type=int)
