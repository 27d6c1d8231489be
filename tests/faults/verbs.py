"""The verbs of a vote under injected faults, in one place: how each is prepared, done, and what it leaves."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import DomainError
from app.cycles.models import Phase
from app.proposals.models import Proposal
from app.voting.ballots.queries import ready_token, served_token
from app.voting.board import services as boards
from app.voting.board.queries import action
from app.voting.board.rules import ActKind
from app.voting.extending.models import VoteExtension
from app.voting.models import CountedBallot, Envelope, Result, RollEntry, Vote
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
    act = _asked(ActKind.CLOSE, board.voted().cycle_id, early_reason="Everybody has voted.")
    return Prepared(act=act, result=lambda: _all(Vote.stage, Vote.early_close_reason))


def extend() -> Prepared:
    """A later end of an open vote."""
    cycle_id = board.voted().cycle_id
    later = (vote_facts(cycle_id).closes_at + timedelta(days=2)).date().isoformat()
    return Prepared(
        act=_asked(ActKind.EXTEND, cycle_id, last_day=later, reason="The site was down on the last evening."),
        result=lambda: (_all(Vote.closes_at), _all(VoteExtension.number), sorted(_all(Phase.starts_at, Phase.ends_at))),
    )


def open_envelopes() -> Prepared:
    """The opening of the envelopes."""
    return Prepared(
        act=_asked(ActKind.OPEN_ENVELOPES, board.reconciled().cycle_id),
        result=lambda: (_all(Vote.stage, Vote.closed_set_hash), sorted(_all(CountedBallot.ranking))),
    )


def count() -> Prepared:
    """The count."""
    return Prepared(
        act=_asked(ActKind.COUNT, board.opened().cycle_id),
        result=lambda: (_all(Vote.stage), _all(Result.outcome_hash, Result.number)),
    )


def certify() -> Prepared:
    """The second signature, which makes the result official and opens projects."""
    cycle_id = board.counted().vote.cycle_id
    clerk, observer = board.clerk(cycle_id), board.observer(cycle_id)
    results.certify(cycle_id, by=clerk)
    return Prepared(
        act=lambda: results.certify(cycle_id, by=observer),
        result=lambda: (_all(Vote.stage), _all(Result.observer_id), sorted(_all(Proposal.id, Proposal.stage))),
    )


def publish() -> Prepared:
    """The result declared final after the days for objections."""
    cycle_id = board.certified().vote.cycle_id
    board.days_for_objections_pass(cycle_id)
    return Prepared(act=_asked(ActKind.PUBLISH, cycle_id), result=lambda: _all(Vote.stage))


def _asked(kind: ActKind, cycle_id: int, **answers: Any) -> Callable[[], None]:
    """The second member's yes to what the first has asked for; said again, it is refused and changes nothing."""
    first, second, _observer = make.board_of(cycle_id)
    asked = boards.request(cycle_id, kind, answers, by=first)
    seen = action(cycle_id, asked.hex()).hash

    def act() -> None:
        with suppress(DomainError):
            boards.approve(asked, seen, by=second)

    return act


VERBS = {verb.__name__: verb for verb in (cast, extend, close, open_envelopes, count, certify, publish)}


def _all(*columns: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in db.session.execute(sa.select(*columns))]
