"""The cast: one sealed envelope for one entry of the roll, stored before anybody says so (voting.md section 4).

Nothing here is logged, no event is published and no time is written down. The ranking is readable only inside `cast`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from flask import has_request_context, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core.databases.durability import deciding_now
from app.core.db import ask, transaction
from app.core.errors import DomainError, NextStep
from app.voting.ballots.queries import Slip, read_ready, slip, whose
from app.voting.log import services as log
from app.voting.models import Envelope, RollEntry, Vote
from app.voting.queries import VoteFacts
from app.voting.rules import MAY_VOTE_ONLINE, Channel, Refusal, Voter, VoteStage, is_in_time, why_not_rank
from app.voting.sealing import ballots, envelopes, leaves
from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.tree.receipts import Receipt

REASONS: Mapping[Refusal, LazyString] = {
    Refusal.NOT_OPEN: _l("The vote is not open, so this ballot was not stored."),
    Refusal.NOT_ON_ROLL: _l("You are not on the roll of this vote, so this ballot was not stored."),
    Refusal.VOTING_ON_PAPER: _l("Your paper ballot has come in and is the one that counts."),
    Refusal.STRUCK: _l("Your line was struck from the roll of this vote, so this ballot was not stored."),
    Refusal.STALE_PAGE: _l("This page is no longer valid, so the ballot was not stored. Please open the ballot anew."),
    Refusal.EMPTY: _l("Pick at least one option first."),
    Refusal.UNKNOWN_OPTION: _l("This ballot names an option that is not on the list. Please pick again."),
    Refusal.TWICE: _l("This ballot names an option twice. Please pick again."),
    Refusal.TOO_MANY: _l("This ballot ranks more options than allowed. Please take some out."),
}


# The statements of the transaction, written once: every other voter waits for them.
VOTE = sa.select(Vote.stage, Vote.closes_at).where(Vote.id == sa.bindparam("vote_id")).with_for_update(read=True)
ENTRY = {
    column.key: sa.select(RollEntry.id, RollEntry.channel, RollEntry.revision)
    .where(RollEntry.vote_id == sa.bindparam("vote_id"), column == sa.bindparam("who"))
    .with_for_update()
    for column in (RollEntry.person_id, RollEntry.id)
}
STORED = sa.select(Envelope.leaf, Envelope.nonce).where(
    Envelope.roll_entry_id == sa.bindparam("entry_id"), Envelope.idempotency_key == sa.bindparam("key")
)
PUT_IN = sa.insert(Envelope.metadata.tables["envelope"])
MARK = (
    sa.update(RollEntry.metadata.tables["roll_entry"])
    .where(RollEntry.id == sa.bindparam("entry_id"))
    .values(revision=sa.bindparam("to"), channel=Channel.ONLINE)
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A held entry of the roll, and how often its voter has cast."""

    id: bytes
    revision: int


@dataclass(frozen=True, kw_only=True)
class CastBallot:
    """A ranking (option numbers, best first) and the `ready` token of the page that was confirmed."""

    ranking: tuple[int, ...] = field(repr=False)
    token: str = field(repr=False)


class NotCast(DomainError):
    """The ballot was not stored, and why."""

    def __init__(self, refusal: Refusal, cycle_id: int) -> None:
        back = url_for("ballots.show", cycle_id=cycle_id) if has_request_context() else f"/ballots/{cycle_id}"
        step = NextStep(label=_("Open the ballot anew"), url=back)
        super().__init__(refusal.value, str(REASONS[refusal]), next_step=step)
        self.refusal = refusal


def ensure_rankable(vote: VoteFacts, ranking: Sequence[int], options: Sequence[int]) -> None:
    """Refuse a ranking that cannot be a ballot of this vote."""
    refusal = why_not_rank(ranking, options=options, max_ranks=vote.max_ranks)
    if refusal is not None:
        raise NotCast(refusal, vote.cycle.id)


def cast(cycle_id: int, command: CastBallot, *, by: Voter) -> Receipt:
    """Store one sealed ballot for `by`; the last one stored before the close is the one that counts.

    Sealed before the transaction begins. The vote is held against the close and the roll entry against a second cast;
    the same page sent again finds its key and writes nothing, even after the close, because its ballot is stored.
    The receipt is signed only after the commit, and is the same for the same page. Raises NotCast.
    """
    paper = slip(cycle_id, command.token)
    vote, ready = paper.vote, read_ready(paper.vote, command.token, by)
    if ready is None:
        raise NotCast(Refusal.STALE_PAGE, cycle_id)
    sealed, seed = _sealed(paper, command.ranking), log.ready_seed(vote.id)
    with transaction():
        stage, closes_at = _held_vote(vote.id)
        entry = _held_entry(vote, by)
        key = sha256(ready.key).digest()
        stored = _stored(entry.id, key)
        if stored is None:
            in_time = is_in_time(deciding_now(), closes_at=closes_at, served_at=ready.served_at, grace=vote.grace)
            if stage is not VoteStage.OPEN or not in_time:
                raise NotCast(Refusal.NOT_OPEN, cycle_id)
            stored = _store(vote, entry, key, sealed)
    leaf, nonce = stored
    return Receipt(vote_id=vote.id, leaf=leaf, nonce=nonce).signed(seed)


def _sealed(paper: Slip, ranking: tuple[int, ...]) -> SealedEnvelope:
    vote = paper.vote
    ensure_rankable(vote, ranking, paper.options)
    plain = ballots.canonical(ranking, vote_id=vote.id, options=len(paper.options), max_ranks=vote.max_ranks)
    return envelopes.seal(plain, vote_id=vote.id, trustee_keys=paper.keys, threshold=vote.threshold)


def _held_vote(vote_id: bytes) -> tuple[VoteStage, datetime]:
    """Stage and announced end, held against the close until this cast has ended."""
    stage, closes_at = ask(VOTE, vote_id=vote_id).one()
    return stage, closes_at


def _held_entry(vote: VoteFacts, voter: Voter) -> Entry:
    """This voter's entry, held against their other casts."""
    column, who = whose(voter)
    entry = ask(ENTRY[column.key], vote_id=vote.id, who=who).first()
    if entry is None:
        raise NotCast(Refusal.NOT_ON_ROLL, vote.cycle.id)
    if not MAY_VOTE_ONLINE[entry.channel]:
        struck = entry.channel is Channel.VOID
        raise NotCast(Refusal.STRUCK if struck else Refusal.VOTING_ON_PAPER, vote.cycle.id)
    return Entry(id=entry.id, revision=entry.revision)


def _stored(entry_id: bytes, key: bytes) -> tuple[bytes, bytes] | None:
    """Leaf and nonce of what this page has stored; None where it has stored nothing."""
    found = ask(STORED, entry_id=entry_id, key=key).first()
    return None if found is None else (found.leaf, found.nonce)


def _store(vote: VoteFacts, entry: Entry, key: bytes, sealed: SealedEnvelope) -> tuple[bytes, bytes]:
    nonce, revision = leaves.make_nonce(), entry.revision + 1
    leaf = leaves.leaf(sealed.ciphertext, vote_id=vote.id, nonce=nonce)
    log.promise(vote.id, leaf)
    ask(
        PUT_IN,
        roll_entry_id=entry.id,
        revision=revision,
        idempotency_key=key,
        ciphertext=sealed.ciphertext,
        commitment=sealed.commitment,
        nonce=nonce,
        leaf=leaf,
    )
    ask(MARK, entry_id=entry.id, to=revision)
    return leaf, nonce
