"""Pages of results: the list, one result with its reasons, its files, and the two signatures."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public
from app.core.paging import row_number
from app.core.panels import Panel, Thing, beside
from app.cycles import queries as cycles
from app.cycles import words as cycle_words
from app.cycles.queries import CycleFacts
from app.cycles.rules import PhaseKind
from app.voting import policies as vote_policies
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.log import queries as log
from app.voting.objections import queries as objections
from app.voting.paper.words import missing_paper
from app.voting.queries import VoteFacts
from app.voting.results import exports, policies, queries, services, words
from app.voting.results.explanations.queries import of_result
from app.voting.results.explanations.words import nearest
from app.voting.results.queries import ResultRecord
from app.voting.results.rules import changed
from app.voting.results.steps.rules import decisive, steps_in

bp = Blueprint("results", __name__, url_prefix="/results")


@bp.get("/")
@public
def index() -> str:
    page = queries.cards(page=request.args.get("page", 1, int))
    return render_template("voting/results/index.html", page=page, awaited=queries.awaited(), people=words.people)


@bp.get("/<int:cycle_id>")
@public
def show(cycle_id: int) -> str:
    cycle = cycles.facts(cycle_id)
    record = queries.visible(cycle, current_actor())
    if record is None:
        return _waiting(cycle)
    return _result(cycle, record, queries.counts(cycle_id)[:-1] if record.number > 1 else ())


@bp.get("/<int:cycle_id>/counts/<int:number>")
@public
def earlier(cycle_id: int, number: int) -> ResponseReturnValue:
    vote, record = queries.published(cycle_id, current_actor(), number=number)
    *before, latest = queries.counts(cycle_id)
    if record.number == latest.number:
        return redirect(url_for(".show", cycle_id=cycle_id))
    if record.facts.is_reduced:
        return _replaced(vote, record, latest)
    return _result(vote.cycle, record, before[: number - 1], latest)


@bp.get("/<int:cycle_id>/mine")
@public
def mine(cycle_id: int) -> str:
    vote, record = queries.published(cycle_id, current_actor())
    options = queries.options_by_number(vote)
    return render_template(
        "voting/results/mine.html", cycle=vote.cycle, record=record, facts=record.facts, options=options.values()
    )


@bp.get("/<int:cycle_id>/files/<name>")
@public
def download(cycle_id: int, name: str) -> Response:
    number = request.args.get("count", type=row_number)
    vote, record = queries.published(cycle_id, current_actor(), number=number)
    content = exports.made(name, vote, record)
    file_name = f"{vote.cycle.slug}-count-{number}-{name}" if number else f"{vote.cycle.slug}-{name}"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(content, content_type=exports.DATASETS[name].media_type, headers=headers)


@bp.post("/<int:cycle_id>/certify")
@only(Role.CLERK, Role.OBSERVER)
def certify(cycle_id: int) -> ResponseReturnValue:
    result = services.certify(cycle_id, by=acting())
    done = _("The result is certified and public.") if result.certified_at else _("Signed. One signature is missing.")
    flash(done, "success")
    return redirect(url_for(".show", cycle_id=cycle_id))


def _waiting(cycle: CycleFacts) -> str:
    return render_template(
        "voting/results/waiting.html",
        cycle=cycle,
        voting_on=cycle_words.dates_of(cycle.phase(PhaseKind.VOTING), cycle.time_zone),
        counting_on=cycle_words.dates_of(cycle.phase(PhaseKind.COUNTING), cycle.time_zone),
        is_board=vote_policies.may_watch(current_actor(), cycle.neighborhood_id, is_member=_runs(cycle.id)),
    )


def _result(
    cycle: CycleFacts, record: ResultRecord, before: Sequence[ResultRecord], latest: ResultRecord | None = None
) -> str:
    """The page of a count; `before` are the counts it replaced, `latest` is the one that replaced it."""
    vote = votes.vote_facts(cycle.id)
    as_written = request.args.get("words") == "written"
    options = queries.options_by_number(vote, as_written=as_written)
    return render_template(
        "voting/results/show.html",
        cycle=cycle,
        vote=vote,
        record=record,
        facts=record.facts,
        options=options,
        before=[(count, changed(count.facts, record.facts)) for count in before],
        latest=latest,
        decided_in={} if latest else decisive(steps_in(record.outcome)),
        turnout=queries.turnout(vote),
        **_told(vote, as_written),
        panels=_panels(cycle) if record.is_certified and not latest else [],
        **_vouching(vote, record),
        **_of_the_board(vote, record),
        **_drawn(cycle, record, {number: option.title for number, option in options.items()}),
        **_explained(cycle, record),
    )


def _told(vote: VoteFacts, as_written: bool) -> dict[str, object]:
    """How the page says things: numbers of people, missing paper, and whether titles stand as they were written."""
    return {"people": words.people, "explained": missing_paper(vote.id), "as_written": as_written}


def _panels(cycle: CycleFacts) -> list[Panel]:
    return beside(Thing(kind="cycle", id=cycle.id, neighborhood_id=cycle.neighborhood_id))


def _vouching(vote: VoteFacts, record: ResultRecord) -> dict[str, object]:
    """What the result can be held against: its files, and what the log signed at the close."""
    return {
        "files": exports.on_offer(vote, record),
        "paths_hash": exports.paths_hash(vote, record),
        "log_head": log.closing_head(vote.id),
    }


def _replaced(vote: VoteFacts, record: ResultRecord, latest: ResultRecord) -> str:
    """All that is told of a replaced count below level full: two counts of the same ballots would tell too much."""
    options = queries.options_by_number(vote)
    return render_template(
        "voting/results/replaced.html", cycle=vote.cycle, record=record, latest=latest, options=options
    )


def _of_the_board(vote: VoteFacts, record: ResultRecord) -> Mapping[str, Any]:
    """What this reader may do about the result, and what was objected to it."""
    return {
        "may_sign": _may_sign(vote, record),
        "may_recount": (viewer := current_actor()) is not None and boards.may_ask(vote.cycle, viewer),
        "objections": objections.of_vote(vote.cycle.id),
    }


def _may_sign(vote: VoteFacts, record: ResultRecord) -> Role | None:
    viewer = current_actor()
    if viewer is None or viewer.id in (record.clerk_id, record.observer_id):
        return None
    may = queries.open_signatures(vote, viewer)
    return policies.signs_as(may, clerk_id=record.clerk_id, observer_id=record.observer_id)


def _runs(cycle_id: int) -> bool:
    viewer = current_actor()
    return viewer is not None and boards.runs(cycle_id, viewer.id)


def _drawn(cycle: CycleFacts, record: ResultRecord, titles: Mapping[int, str]) -> Mapping[str, Any]:
    return {
        "pot": words.pot(record.facts, cycle.currency),
        "steps": words.steps(record.facts, titles),
        "payments": words.payments(record.facts, titles, cycle.currency),
        "runoffs": words.runoffs(record.facts, titles),
        "rule_name": cycle_words.rule_name(cycle.count_rule),
        "leftover": cycle_words.LEFTOVERS[cycle.leftover_rule],
    }


def _explained(cycle: CycleFacts, record: ResultRecord) -> Mapping[str, Any]:
    if record.facts.is_reduced:
        # Counting again with another cost tells what supporters carried, to the cent.
        return {"near": {}, "explained_percent": 0, "is_on_its_way": False}
    explained = of_result(record.id)
    misses = explained.facts.misses if explained.facts else {}
    near = {number: nearest(miss, record.facts.ending(number), cycle.currency) for number, miss in misses.items()}
    return {"near": near, "explained_percent": explained.percent, "is_on_its_way": explained.is_on_its_way}
