"""A vote brought as far as a test of the count needs it, with ballots sealed as a voter's are."""

from collections.abc import Sequence
from dataclasses import replace as replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.tokens import random_id
from app.voting import queries
from app.voting.board import queries as boards
from app.voting.board import services as board
from app.voting.board.rules import ActKind, Approval
from app.voting.models import Envelope, Result, RollEntry, Vote
from app.voting.results import services
from app.voting.rules import Channel
from app.voting.sealing import ballots, envelopes, leaves
from tests import make
from tests.memory import remembered

RANKINGS = [(1, 2), (1, 3), (2, 1), (3,), (4, 3), (1,), (2, 4), (3, 1, 2), (4,), (2, 3)]


def clerk(cycle_id: int) -> Actor:
    """The clerk who asks, on the board of that vote."""
    return make.board_of(cycle_id)[0]


def asked(cycle_id: int, kind: ActKind, **answers: Any) -> Approval:
    """What the first member asked for, as the second one has agreed to it: what a verb is given."""
    first, second, _observer = make.board_of(cycle_id)
    action_id = board.request(cycle_id, kind, answers, by=first)
    found = boards.action(cycle_id, action_id.hex())
    return Approval(
        action_id=action_id,
        kind=kind,
        cycle_id=cycle_id,
        payload=found.payload,
        requester_id=first.id,
        approver_id=second.id,
    )


def observer(cycle_id: int) -> Actor:
    """The observer named for that vote."""
    return make.board_of(cycle_id)[2]


def open_envelopes(cycle_id: int) -> Vote:
    """The numbers reconciled and the envelopes opened, by two members each time."""
    make.agreed(ActKind.RECONCILE, cycle_id)
    return make.agreed(ActKind.OPEN_ENVELOPES, cycle_id)


def count(cycle_id: int) -> Result:
    """The ballots counted."""
    return make.agreed(ActKind.COUNT, cycle_id)


def recount(cycle_id: int, *, options: Sequence[int], reason: str) -> Result:
    """The ballots counted again without these options."""
    return make.agreed(ActKind.RECOUNT, cycle_id, options=list(options), reason=reason)


def sealed(vote: Vote, ranking: Sequence[int]) -> envelopes.SealedEnvelope:
    """A ranking as the cast seals it."""
    facts = queries.vote_facts(vote.cycle_id)
    plain = ballots.canonical(
        ranking, vote_id=facts.id, options=len(queries.options(facts.id)), max_ranks=facts.max_ranks
    )
    keys = queries.trustee_public_keys(facts.id)
    return envelopes.seal(plain, vote_id=facts.id, trustee_keys=keys, threshold=1)


def put_in(entry: RollEntry, envelope: envelopes.SealedEnvelope) -> None:
    """The row a cast leaves behind."""
    nonce = leaves.make_nonce()
    entry.revision, entry.channel = entry.revision + 1, Channel.ONLINE
    db.session.add(
        Envelope(
            roll_entry_id=entry.id,
            revision=entry.revision,
            idempotency_key=random_id() * 2,
            ciphertext=envelope.ciphertext,
            commitment=envelope.commitment,
            nonce=nonce,
            leaf=leaves.leaf(envelope.ciphertext, vote_id=entry.vote_id, nonce=nonce),
        )
    )


@remembered
def voted(rankings: Sequence[Sequence[int]] = RANKINGS, *, more_voters: int = 0, **cycle: object) -> Vote:
    """An open vote in which so many people have cast these rankings, each through the service that residents use."""
    facts = {"options": 5, "pot_cents": 60_000_00} | cycle
    vote, roll = make.open_vote(voters=max(1, len(rankings) + more_voters), **facts)
    for voter, ranking in zip(roll, rankings, strict=False):
        make.cast(vote, voter, ranking)
    return vote


def roll_of(vote: Vote) -> list[RollEntry]:
    """The roll in the order of its random ids."""
    return list(db.session.scalars(sa.select(RollEntry).where(RollEntry.vote_id == vote.id).order_by(RollEntry.id)))


@remembered
def closed(rankings: Sequence[Sequence[int]] = RANKINGS, **cycle: object) -> Vote:
    """The same after the close."""
    return make.close(voted(rankings, **cycle).cycle_id)


@remembered
def opened(rankings: Sequence[Sequence[int]] = RANKINGS, **cycle: object) -> Vote:
    """The same after the opening."""
    return open_envelopes(closed(rankings, **cycle).cycle_id)


@remembered
def counted(rankings: Sequence[Sequence[int]] = RANKINGS, **cycle: object) -> Result:
    """The same after the count."""
    return count(opened(rankings, **cycle).cycle_id)


@remembered
def certified(rankings: Sequence[Sequence[int]] = RANKINGS, **cycle: object) -> Result:
    """The same after both signatures."""
    return certify(counted(rankings, **cycle).vote.cycle_id)


def days_for_objections_pass(cycle_id: int) -> None:
    """As if the days had gone by in which anybody may object."""
    with transaction():
        vote = db.session.scalars(sa.select(Vote).where(Vote.cycle_id == cycle_id)).one()
        vote.objections_until = now() - timedelta(seconds=1)


@remembered
def reconciled(rankings: Sequence[Sequence[int]] = RANKINGS, **cycle: object) -> Vote:
    """The same after the close, with its numbers reconciled."""
    return make.agreed(ActKind.RECONCILE, closed(rankings, **cycle).cycle_id)


@remembered
def published(rankings: Sequence[Sequence[int]] = RANKINGS, **cycle: object) -> Vote:
    """The same after the days for objections, declared final."""
    cycle_id = certified(rankings, **cycle).vote.cycle_id
    days_for_objections_pass(cycle_id)
    return make.agreed(ActKind.PUBLISH, cycle_id)


@remembered
def destroyed(rankings: Sequence[Sequence[int]] = RANKINGS, **cycle: object) -> Vote:
    """The same with its envelopes destroyed."""
    return make.agreed(ActKind.DESTROY, published(rankings, **cycle).cycle_id)


def certify(cycle_id: int) -> Result:
    """Both signatures given to the last count."""
    services.certify(cycle_id, by=clerk(cycle_id))
    return services.certify(cycle_id, by=observer(cycle_id))
