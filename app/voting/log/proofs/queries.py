"""Looking a code up: the same work and the same statements whether it is in the log, waits, or was made up."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import db
from app.cycles.queries import CycleFacts, facts
from app.voting.log import queries
from app.voting.log.models import LogLeaf, PendingLeaf
from app.voting.log.proofs.rules import Proof, Standing
from app.voting.models import Vote
from app.voting.sealing.readable import grouped, typed
from app.voting.tree import merkle
from app.voting.tree.notes import CLOSED
from app.voting.tree.receipts import leaf_start

REST = 22
"""The bytes of a leaf that its code does not name."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the log says of a code: the proof and the cycle where it is in, and neither where it is not."""

    code: str
    standing: Standing
    proof: Proof | None
    cycle: CycleFacts | None


def look_up(code: str) -> Found:
    """What the log says of a code as somebody typed it.

    A code that is not in a log is looked for, and a path is worked out, in the log of the newest vote: whoever measures
    the answer learns nothing. What is no code at all is looked for under a code that nobody has.
    """
    start = leaf_start(code) or bytes(10)
    logged = db.session.scalar(sa.select(LogLeaf).where(_begins(LogLeaf.leaf, start)).limit(1))
    waiting = db.session.scalar(sa.select(PendingLeaf.vote_id).where(_begins(PendingLeaf.leaf, start)).limit(1))
    newest = sa.select(Vote.id).where(Vote.log_public_key.is_not(None)).order_by(Vote.opens_at.desc()).limit(1)
    decoy = db.session.scalar(newest)
    vote_id = logged.vote_id if logged else decoy
    proof, cycle = (None, None) if vote_id is None else _proof(vote_id, logged)
    shown = grouped(typed(code)[:40])
    if logged is not None:
        return Found(code=shown, standing=Standing.LOGGED, proof=proof, cycle=cycle)
    standing = Standing.UNKNOWN if waiting is None else Standing.PENDING
    return Found(code=shown, standing=standing, proof=None, cycle=None)


def closing(vote_id: bytes) -> Proof | None:
    """That the log's head at the close holds its note of how many envelopes came; None where it has no such head."""
    head = queries.closing_head(vote_id)
    noted = sa.select(LogLeaf).where(LogLeaf.vote_id == vote_id, LogLeaf.note.startswith(CLOSED))
    row = db.session.scalar(noted.order_by(LogLeaf.position).limit(1))
    public = db.session.scalar(sa.select(Vote.log_public_key).where(Vote.id == vote_id))
    if head is None or row is None or public is None:
        return None
    path = merkle.inclusion_path(queries.leaves(vote_id, size=head.size), row.position)
    return Proof(
        leaf=row.leaf, position=row.position, path=tuple(path), head=head, log_public_key=public, note=row.note
    )


def _begins(leaf: InstrumentedAttribute[bytes], start: bytes) -> sa.ColumnElement[bool]:
    return leaf.between(start + bytes(REST), start + b"\xff" * REST)


def _proof(vote_id: bytes, logged: LogLeaf | None) -> tuple[Proof | None, CycleFacts]:
    cycle_id, public = db.session.execute(
        sa.select(Vote.cycle_id, Vote.log_public_key).where(Vote.id == vote_id)
    ).one()
    cycle, head = facts(cycle_id), queries.last_head(vote_id)
    leaves = queries.leaves(vote_id, size=head.size if head else 0)
    if head is None:
        return None, cycle
    position = logged.position if logged else 0
    proof = Proof(
        leaf=leaves[position],
        position=position,
        path=tuple(merkle.inclusion_path(leaves, position)),
        head=head,
        log_public_key=public or b"",
        note=logged.note if logged else None,
    )
    return proof, cycle
