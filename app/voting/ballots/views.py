"""Pages of the ballot: pick, order, check, cast. A ranking travels in POST fields only and is shown to nobody later."""

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.core.access import current_actor, public
from app.core.errors import NotFound
from app.cycles.queries import public_cycles
from app.cycles.rules import Stage
from app.voting.ballots import queries, services, words
from app.voting.ballots.queries import BallotFacts
from app.voting.ballots.rules import Arranged, arranged, as_printed
from app.voting.ballots.services import CastBallot
from app.voting.extending.queries import extensions
from app.voting.promises import words as promise_words
from app.voting.queries import vote_facts
from app.voting.roll.codes import services as code_visits
from app.voting.roll.codes.queries import CODE_VISIT, code_voter, visit_of_this_request
from app.voting.roll.stations import services as stations
from app.voting.roll.stations.queries import station_of_this_request
from app.voting.rules import Voter

bp = Blueprint("ballots", __name__, url_prefix="/ballots")


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    voting = [cycle for cycle in public_cycles() if cycle.stage is Stage.VOTING]
    if len(voting) == 1:
        return redirect(url_for(".show", cycle_id=voting[0].id))
    return render_template("voting/ballots/index.html", cycles=voting)


@bp.get("/<int:cycle_id>")
@public
def show(cycle_id: int) -> ResponseReturnValue:
    if _has_cast_by_code():
        return redirect(url_for(".thanks", cycle_id=cycle_id))
    return _page(queries.ballot(cycle_id, _voter()), Arranged(ranking=()))


@bp.post("/<int:cycle_id>")
@public
def arrange(cycle_id: int) -> ResponseReturnValue:
    if _has_cast_by_code():
        return redirect(url_for(".thanks", cycle_id=cycle_id))
    ballot = queries.ballot(cycle_id, _voter(), served=request.form.get("served", ""))
    ranking = as_printed(request.form.getlist("ranked"), ballot.numbers)
    move = request.form.get("move", "")
    if move == "review" and ranking and ballot.door is None:
        return _review(ballot, ranking)
    result = arranged(ranking, move, options=ballot.numbers, max_ranks=ballot.vote.max_ranks)
    return _page(ballot, result, is_empty=move == "review" and not ranking)


@bp.get("/<int:cycle_id>/cast")
@public
def start_over(cycle_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show", cycle_id=cycle_id))


@bp.post("/<int:cycle_id>/cast")
@public
def cast(cycle_id: int) -> ResponseReturnValue:
    voter = _voter()
    if voter is None:
        return _nobody(cycle_id)
    token = request.form.get("ready", "")
    paper = queries.slip(cycle_id, token)
    ranking = as_printed(request.form.getlist("ranked"), paper.options)
    if not _has_cast_by_code() or queries.is_cast(paper.vote, token, voter):
        services.cast(cycle_id, CastBallot(ranking=ranking, token=token), by=voter)
        _end_of_code()
    return redirect(url_for(".thanks", cycle_id=cycle_id))


@bp.get("/<int:cycle_id>/thanks")
@public
def thanks(cycle_id: int) -> ResponseReturnValue:
    ballot = queries.ballot(cycle_id, _voter())
    if not ballot.has_voted:
        return redirect(url_for(".show", cycle_id=cycle_id))
    receipt = queries.receipt(ballot.vote, _voter())
    shown = receipt and words.shown(receipt, ballot.vote)
    page = "voting/ballots/thanks.html"
    return render_template(page, ballot=ballot, vote=ballot.vote, receipt=shown, **_promises(ballot))


@bp.get("/<int:cycle_id>/receipt")
@public
def receipt(cycle_id: int) -> ResponseReturnValue:
    """The receipt alone, on one sheet of paper."""
    vote = vote_facts(cycle_id)
    found = queries.receipt(vote, _voter())
    if found is None:
        return redirect(url_for(".show", cycle_id=cycle_id))
    return render_template("voting/ballots/receipt.html", vote=vote, receipt=words.shown(found, vote))


@bp.get("/<int:cycle_id>/receipt.json")
@public
def receipt_json(cycle_id: int) -> ResponseReturnValue:
    found = queries.receipt(vote_facts(cycle_id), _voter())
    if found is None:
        raise NotFound
    named = {"Content-Disposition": f'attachment; filename="receipt-{found.code}.json"'}
    return Response(found.as_json(), mimetype="application/json", headers=named)


def _voter() -> Voter | None:
    """Who votes here: the holder of a code typed in this browser, or whoever is signed in."""
    return code_voter() or current_actor()


def _nobody(cycle_id: int) -> ResponseReturnValue:
    """Somebody whose visit is over sends a ballot: by a code, they read what to do; by an account, they sign in."""
    if CODE_VISIT not in session:
        return redirect(url_for("accounts.sign_in", next=url_for(".show", cycle_id=cycle_id)))
    return render_template("voting/ballots/away.html", cycle_id=cycle_id), 409


def _has_cast_by_code() -> bool:
    visit = visit_of_this_request()
    return visit is not None and visit.has_cast


def _end_of_code() -> None:
    """A code is good for one ballot at a time: to change it, the code is typed in again."""
    visit, station = visit_of_this_request(), station_of_this_request()
    if visit is not None and not visit.has_cast:
        code_visits.note_cast(visit)
        if station is not None:
            stations.note_cast(station.id)


def _page(ballot: BallotFacts, result: Arranged, *, is_empty: bool = False) -> str:
    viewer = _voter()
    chosen = ballot.chosen(result.ranking)
    served = request.form.get("served", "")
    return render_template(
        "voting/ballots/show.html",
        ballot=ballot,
        vote=ballot.vote,
        closed_door=words.closed_door(ballot),
        extensions=extensions(ballot.vote.id),
        **_promises(ballot),
        chosen=chosen,
        others=[option for option in ballot.options if option.number not in result.ranking],
        chosen_cents=sum(option.cost_cents for option in chosen),
        change=result.change,
        said=words.said(result, ballot.options),
        is_empty=is_empty,
        served=served or (queries.served_token(ballot.vote, viewer) if viewer and not ballot.door else ""),
    )


def _promises(ballot: BallotFacts) -> dict[str, object]:
    return {"promises": promise_words.given(ballot.vote), "limits": promise_words.limits(ballot.vote)}


def _review(ballot: BallotFacts, ranking: tuple[int, ...]) -> str:
    voter = _voter()
    assert voter is not None  # the door was open
    chosen = ballot.chosen(ranking)
    served = request.form.get("served", "")
    return render_template(
        "voting/ballots/review.html",
        ballot=ballot,
        vote=ballot.vote,
        chosen=chosen,
        chosen_cents=sum(option.cost_cents for option in chosen),
        unused=min(ballot.vote.max_ranks, len(ballot.options)) - len(chosen),
        served=served,
        ready=queries.ready_token(ballot.vote, served, voter),
    )
