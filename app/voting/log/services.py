"""The log's verbs: promise a leaf with the cast, grow by a batch and sign a head, close, and hear witnesses.

Batches and signatures publish no event: they are a record of their own, open to everybody, and a batch that wrote into
the audit log would change the very head that the next batch has to anchor.
"""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.audit import queries as audit
from app.core import vault
from app.core.clock import deadline_now
from app.core.db import after_commit, ask, db, locked, transaction
from app.core.errors import DomainError, ensure
from app.core.files import write_whole
from app.core.jobs import Lease, enqueue, is_on_its_way
from app.voting.log import queries
from app.voting.log.models import Cosignature, LogLeaf, PendingLeaf, TreeHead, Witness
from app.voting.log.rules import Problem, next_slot
from app.voting.queries import vote_facts
from app.voting.tree import merkle, notes
from app.voting.tree.heads import Head, slot_of

BATCH = "log.batch"
WAIT = sa.insert(PendingLeaf.metadata.tables["pending_leaf"])
"""Written once: every cast leaves a leaf."""


class LogBroken(DomainError):
    """The log is not the one that was signed; nothing may be built on it until somebody has looked."""

    status = 503


@dataclass(frozen=True, kw_only=True)
class Cosign:
    """What a witness sends: that it has seen this root at this size, signed with its own key."""

    vote_id: bytes
    size: int
    root: bytes
    public_key: bytes
    signature: bytes


def ensure_log_extends_heads(vote_id: bytes, *, thoroughly: bool = True) -> None:
    """Refuse to go on with a log that is shorter than, or other than, the last head kept. Raises LogBroken.

    Thorough before a vote opens and before a head is signed; without, one statement, for every cast.
    """
    problems = queries.problems(vote_id, thoroughly=thoroughly)
    if problems:
        raise LogBroken("log_broken", " ".join([_("This vote takes no ballots for now."), *problems]))


def ready_seed(vote_id: bytes) -> bytes:
    """What signs the receipts of this vote, fetched before a ballot is stored. Raises LogBroken where it is gone."""
    try:
        return queries.seed(vote_id)
    except vault.MissingSecret as reason:
        raise LogBroken("log_broken", str(queries.PROBLEMS[Problem.KEY_LOST])) from reason


def promise(vote_id: bytes, leaf: bytes) -> None:
    """Let a leaf wait for the next batch; call it inside the transaction that stores its envelope. Raises LogBroken."""
    ensure_log_extends_heads(vote_id, thoroughly=False)
    ask(WAIT, leaf=leaf, vote_id=vote_id)


def leave_batches() -> None:
    """Leave a batch for every log that is kept up; run every ten minutes."""
    with transaction():
        for vote_id in queries.kept_up_votes():
            if not is_on_its_way(BATCH, vote=vote_id.hex()):
                enqueue(BATCH, vote=vote_id.hex())


def run_batch(lease: Lease) -> None:
    """The job: at most one head a slot, and none where nothing is new. A kill leaves all of it or nothing."""
    vote_id = bytes.fromhex(lease.arguments["vote"])
    with lease.finishing():
        grow(vote_id)
    _keep_head(vote_id)


def grow(vote_id: bytes) -> None:
    """Put what waits into the log and sign the new head; joins the open transaction. Raises LogBroken."""
    last = _held_log(vote_id)
    slot = next_slot(slot_of(deadline_now()), last=last.slot if last else None)
    if slot is not None:
        _append(vote_id, last, slot, _anchors(vote_id))


def close_log(vote_id: bytes) -> Head | None:
    """The final batch and head, in the transaction that closes the vote (holding it, so that no cast is in flight).

    The head's file is written after the commit. None for a vote without a log; doing it again changes nothing.
    """
    if queries.last_note(vote_id, notes.CLOSED) is not None or not queries.has_log(vote_id):
        return queries.last_head(vote_id)
    last = _held_log(vote_id)
    slot = slot_of(deadline_now())
    after_commit(lambda: _keep_head(vote_id))
    return _append(vote_id, last, max(slot, last.slot) if last else slot, _anchors(vote_id), closes=True)


def cosign(cycle_id: int, command: Cosign) -> None:
    """Keep a witness's signature under a head; again changes nothing. What is not a witness's is refused, unkept."""
    vote = vote_facts(cycle_id)
    head = queries.head_at(vote.id, command.size)
    same = head is not None and (command.vote_id, command.root) == (vote.id, head.root)
    ensure(same, "unknown_head", "this log has no such head")
    assert head is not None
    with transaction():
        witness = locked(Witness, (vote.id, command.public_key))
        ensure(witness is not None, "unknown_witness", "this key is not entered as a witness of this vote")
        signed = head.is_cosigned(command.signature, command.public_key)
        ensure(signed, "bad_signature", "the signature does not fit the head")
        key = {"vote_id": vote.id, "size": command.size, "public_key": command.public_key}
        if db.session.get(Cosignature, key) is None:
            db.session.add(Cosignature(**key, root=command.root, signature=command.signature))


def hold(vote_id: bytes) -> None:
    """Hold the log of a vote against batches and other witnesses until the transaction ends.

    On SQLite the transaction itself is the lock. The vote's row is left alone: casts hold it.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(vote_id[:8], "big", signed=True)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def _held_log(vote_id: bytes) -> Head | None:
    """The last head, with the log held against other batches, and whole: nothing is signed on top of a broken log."""
    hold(vote_id)
    ensure_log_extends_heads(vote_id)
    return queries.last_head(vote_id)


def _anchors(vote_id: bytes) -> list[str]:
    """The note that anchors the audit log, where it has grown since the last one."""
    last = audit.last_hash()
    note = notes.audit_head(last) if last else None
    return [note] if note and note != queries.last_note(vote_id, notes.AUDIT) else []


def _append(vote_id: bytes, last: Head | None, slot: int, said: list[str], *, closes: bool = False) -> Head | None:
    taken = _taken(vote_id)
    before = queries.leaves(vote_id)
    if closes:
        said = [*said, notes.closed(len(taken) + queries.ballot_leaves(vote_id))]
    new = [(leaf, None) for leaf in taken] + [(notes.leaf(note, vote_id=vote_id), note) for note in said]
    if not new:
        return last
    rows = [
        {"vote_id": vote_id, "position": position, "leaf": leaf, "note": note}
        for position, (leaf, note) in enumerate(new, start=len(before))
    ]
    db.session.execute(sa.insert(LogLeaf), rows)
    entries = [*before, *(leaf for leaf, _note in new)]
    head = Head(vote_id=vote_id, size=len(entries), root=merkle.root(entries), slot=slot).signed(queries.seed(vote_id))
    db.session.add(
        TreeHead(vote_id=vote_id, size=head.size, root=head.root, slot=head.slot, signature=head.signature)
    )
    db.session.flush()
    return head


def _taken(vote_id: bytes) -> list[bytes]:
    """What waited, taken out and shuffled: a place in the log tells its batch and nothing else."""
    query = sa.delete(PendingLeaf).where(PendingLeaf.vote_id == vote_id).returning(PendingLeaf.leaf)
    taken = sorted(db.session.scalars(query))
    secrets.SystemRandom().shuffle(taken)
    return taken


def _keep_head(vote_id: bytes) -> None:
    """Write the last head beside the database, so that an old backup of the database is noticed."""
    head = queries.last_head(vote_id)
    if head is None:
        return
    content = head.as_text().encode()
    for path in queries.head_paths(vote_id):
        if not path.exists() or path.read_bytes() != content:
            write_whole(path, content)
