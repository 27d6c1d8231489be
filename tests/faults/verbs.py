"""The verbs of a vote under injected faults, in one place: how each is prepared, done, and what it leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from app.proposals.models import Proposal
from app.voting import services as voting
from app.voting.ballots.queries import ready_token, served_token
from app.voting.models import CountedBallot, Envelope, Result, RollEntry, Vote
from app.voting.opening import services as opening
from app.voting.queries import vote_facts
from app.voting.results import services as results
from tests import make
from tests.voting.results import board


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A verb ready to be done, again and again, and how to read what it has brought about."""

    act: Callable[[], object]
    result: Callable[[], Any]


def cast() -> Prepared:
    """One voter presses the button of one page, who has voted once before."""
    vote, [voter] = make.open_vote()
    make.cast(vote, voter, [2])
    facts = vote_facts(vote.cycle_id)
    token = ready_token(facts, served_token(facts, voter), voter)
    return Prepared(
        act=lambda: make.cast_in(facts.cycle.id, voter, [1, 3], token=token),
        result=lambda: (_all(RollEntry.channel, RollEntry.revision), _all(Envelope.revision)),
    )


def close() -> Prepared:
    """The close before the announced end."""
    cycle_id, clerk = board.voted().cycle_id, board.clerk()
    return Prepared(
        act=lambda: voting.close_vote(cycle_id, by=clerk, early_reason="Everybody has voted."),
        result=lambda: _all(Vote.stage, Vote.early_close_reason),
    )


def open_envelopes() -> Prepared:
    """The opening of the envelopes."""
    cycle_id, clerk = board.closed().cycle_id, board.clerk()
    return Prepared(
        act=lambda: opening.open_envelopes(cycle_id, by=clerk),
        result=lambda: (_all(Vote.stage, Vote.closed_set_hash), sorted(_all(CountedBallot.ranking))),
    )


def count() -> Prepared:
    """The count."""
    cycle_id, clerk = board.opened().cycle_id, board.clerk()
    return Prepared(
        act=lambda: results.count(cycle_id, by=clerk),
        result=lambda: (_all(Vote.stage), _all(Result.outcome_hash, Result.number)),
    )


def certify() -> Prepared:
    """The second signature, which makes the result official and opens projects."""
    cycle_id, observer = board.counted().vote.cycle_id, board.observer()
    results.certify(cycle_id, by=board.clerk())
    return Prepared(
        act=lambda: results.certify(cycle_id, by=observer),
        result=lambda: (_all(Vote.stage), _all(Result.observer_id), sorted(_all(Proposal.id, Proposal.stage))),
    )


VERBS = {verb.__name__: verb for verb in (cast, close, open_envelopes, count, certify)}


def _all(*columns: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.session.execute(sa.select(*columns))]
