"""Declaring a result final and destroying the envelopes; two members of the board agree on each (voting.md 5.6)."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import vault
from app.core.clock import deadline_now, now
from app.core.db import after_commit, db, transaction
from app.core.errors import ensure
from app.core.events import publish
from app.voting import queries as votes
from app.voting.board.rules import Approval
from app.voting.board.services import take
from app.voting.finishing.events import EnvelopesDestroyed, ResultPublished
from app.voting.models import Envelope, Result, RollEntry, TrusteeKey, Vote
from app.voting.objections import queries as objections
from app.voting.queries import VoteFacts
from app.voting.rules import BoardStep, VoteStage
from app.voting.services import ensure_now, locked_vote

Payload = Mapping[str, Any]


def to_publish(cycle_id: int, _answers: Payload) -> Payload:
    """The certified result that would be final; refused while objections can be raised or wait for an answer."""
    vote = votes.vote_facts(cycle_id)
    ensure_now(BoardStep.PUBLISH, vote.stage)
    waits = _("Objections are heard until the announced day. The result cannot be final before.")
    ensure(vote.objections_until is not None and deadline_now() >= vote.objections_until, "too_early", waits)
    open_ones = objections.unsettled(cycle_id)
    ensure(open_ones == 0, "objections_open", _("Every objection has to be settled first."))
    result = _certified(vote.id)
    return {"vote": vote.id.hex(), "count": result.number, "outcome_hash": result.outcome_hash}


def publish_result(approval: Approval) -> Vote:
    """Declare the certified result final: from now on its projects are no longer provisional."""
    with transaction():
        row = locked_vote(approval.cycle_id)
        take(approval)
        row.stage, row.published_at = VoteStage.PUBLISHED, now()
        result = _certified(row.id)
        publish(
            ResultPublished(
                actor_id=approval.id,
                cycle_id=approval.cycle_id,
                result_id=result.id,
                outcome_hash=result.outcome_hash,
            )
        )
    return row


def to_destroy(cycle_id: int, _answers: Payload) -> Payload:
    """The envelopes that would be destroyed, and whether a key goes with them."""
    vote = votes.vote_facts(cycle_id)
    ensure_now(BoardStep.DESTROY, vote.stage)
    return {"vote": vote.id.hex(), "envelopes": _envelopes(vote), "key_kept_here": votes.key_is_kept_here(vote.id)}


def destroy(approval: Approval) -> Vote:
    """Delete every envelope and the key kept here, if there is one. The leaves in the public log stay.

    The key holders destroy theirs; backups that still hold envelopes expire within 35 days (docs/operations.md). A kill
    after the commit can leave the key's file, which then opens nothing; the next start-up check removes it.
    """
    with transaction():
        row = locked_vote(approval.cycle_id)
        take(approval)
        mine = sa.select(RollEntry.id).where(RollEntry.vote_id == row.id)
        db.session.execute(sa.delete(Envelope).where(Envelope.roll_entry_id.in_(mine)))
        row.stage, row.destroyed_at = VoteStage.DESTROYED, now()
        publish(
            EnvelopesDestroyed(
                actor_id=approval.id,
                cycle_id=approval.cycle_id,
                vote_id=row.id.hex(),
                envelopes=approval.payload["envelopes"],
                key_kept_here=approval.payload["key_kept_here"],
            )
        )
        folder, names = row.id.hex(), [votes.key_file(key.number) for key in row.keys]
        after_commit(lambda: _destroy_keys(folder, names))
    return row


def _destroy_keys(folder: str, names: list[str]) -> None:
    for name in names:
        vault.destroy(folder, name)


def destroy_left_keys() -> int:
    """Remove key files of votes whose envelopes are gone; returns how many. For a kill between commit and removal."""
    query = sa.select(TrusteeKey.vote_id, TrusteeKey.number).join(Vote, Vote.id == TrusteeKey.vote_id)
    gone = db.session.execute(query.where(Vote.stage == VoteStage.DESTROYED)).all()
    left = [(v.hex(), votes.key_file(n)) for v, n in gone if vault.is_kept(v.hex(), votes.key_file(n))]
    for folder, name in left:
        vault.destroy(folder, name)
    return len(left)


def _envelopes(vote: VoteFacts) -> int:
    mine = sa.select(RollEntry.id).where(RollEntry.vote_id == vote.id)
    query = sa.select(sa.func.count()).select_from(Envelope).where(Envelope.roll_entry_id.in_(mine))
    return db.session.execute(query).scalar_one()


def _certified(vote_id: bytes) -> Result:
    query = sa.select(Result).where(Result.vote_id == vote_id, Result.certified_at.is_not(None))
    return db.session.scalars(query).one()
