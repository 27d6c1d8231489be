"""A result on record, found by its cycle, and held to what vouches for it before it is counted again."""

from hashlib import sha256

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import ensure
from app.cycles.models import Cycle
from app.voting import queries as votes
from app.voting.models import Result, Vote
from app.voting.results import queries
from app.voting.results.verification.rules import Kept


class SeveralCycles(LookupError):
    """Cycles of different neighborhoods share this address."""


def kept(result: str) -> Kept | None:
    """The result that `CYCLE` or `CYCLE:NUMBER` names, or None: a cycle by id or address, its latest count or that one.

    Raises SeveralCycles where the address is not enough, and DomainError where rule card, closed set, lot or outcome
    are not what was published.
    """
    row = _row(result)
    if row is None:
        return None
    vote = votes.vote_facts(row.vote.cycle_id)
    lot = queries.lot_of(vote)
    ensure(list(lot.order) == list(row.lot_order), "lot_altered", "the lot order kept is not the one that was drawn")
    digest = sha256(row.outcome.encode()).hexdigest()
    ensure(digest == row.outcome_hash, "outcome_altered", "the outcome kept is not what its own hash says")
    same_set = row.closed_set_hash == vote.closed_set_hash
    ensure(same_set, "closed_set_altered", "the result names another closed ballot set than its vote")
    state = "certified" if row.certified_at is not None else "not certified yet"
    return Kept(
        name=f"{vote.cycle.name}, count {row.number}, {state}",
        vote=queries.counting_vote(vote, lot.order, row.withdrawn),
        rule=queries.rule_of(vote),
        outcome=row.outcome,
        closed_set_hash=row.closed_set_hash,
    )


def _row(result: str) -> Result | None:
    named, _, number = result.partition(":")
    which = Cycle.id == int(named) if named.isdecimal() else Cycle.slug == named
    if len(db.session.scalars(sa.select(Cycle.id).where(which)).all()) > 1:
        raise SeveralCycles(named)
    query = sa.select(Result).join(Vote, Vote.id == Result.vote_id).join(Cycle, Cycle.id == Vote.cycle_id).where(which)
    if number:
        query = query.where(Result.number == (int(number) if number.isdecimal() else 0))
    return db.session.scalars(query.order_by(Result.number.desc()).limit(1)).first()
