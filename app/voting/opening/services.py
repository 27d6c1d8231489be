"""From a closed vote to its closed ballot set: open the envelopes, and keep nothing of which gave what."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import files
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.core.vault import MissingSecret
from app.voting import queries as votes
from app.voting.board.rules import Approval
from app.voting.board.services import take
from app.voting.counting.closed_set import ClosedSet, to_bytes
from app.voting.counting.records import ballot_matrix
from app.voting.models import CountedBallot, Vote
from app.voting.opening.events import EnvelopesOpened
from app.voting.rules import BoardStep, Source, Unread, VoteStage
from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.sealing.faults import SealingError
from app.voting.sealing.keys import PrivateKey, fits
from app.voting.sealing.opening import Opened, open_all
from app.voting.services import ensure_now, locked_vote

SALT_BYTES = 32
Sealed = Sequence[tuple[bytes, bytes, bytes]]


def to_open_envelopes(cycle_id: int, _answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The count set that would be opened, by its size and root as they were published."""
    vote = votes.vote_facts(cycle_id)
    ensure_now(BoardStep.OPEN_ENVELOPES, vote.stage)
    _ensure_count_set_is_whole(vote)
    return {"vote": vote.id.hex(), "count_size": vote.count_size, "count_root": vote.count_root}


def open_envelopes(approval: Approval) -> Vote:
    """Open the count set and fix it as the closed ballot set; nothing keeps which envelope gave which.

    The file is on disk before the database names it. A kill before the commit leaves the vote closed, a file nobody
    names and a request that still waits; approving it again opens anew. Source: voting.md 5, steps 1 to 4.
    """
    vote = votes.vote_facts(approval.cycle_id)
    ensure_now(BoardStep.OPEN_ENVELOPES, vote.stage)
    _ensure_count_set_is_whole(vote)
    sealed = votes.final_envelopes(vote.id)
    opened = _opened(vote, sealed, _keys(vote))
    closed = _closed_set(vote, opened)
    closed_set_hash = files.store(to_bytes(closed))
    with transaction():
        row = locked_vote(vote.cycle.id)
        take(approval)
        ensure_now(BoardStep.OPEN_ENVELOPES, row.stage)
        _ensure_every_envelope_is_told(row, opened)
        _write_ballots(vote.id, closed, opened)
        row.stage, row.closed_set_hash = VoteStage.OPENED, closed_set_hash
        row.unreadable = _listed(sealed, opened)
        publish(
            EnvelopesOpened(
                actor_id=approval.id,
                cycle_id=vote.cycle.id,
                vote_id=vote.id.hex(),
                ballots=len(opened.ballots),
                unreadable=len(opened.unreadable),
                closed_set_hash=closed_set_hash,
            )
        )
    return row


def _ensure_count_set_is_whole(vote: votes.VoteFacts) -> None:
    whole = votes.final_envelope_count(vote.id) == vote.count_size and votes.count_root(vote.id) == vote.count_root
    message = _("The envelopes are not the ones that were reconciled, so nothing was opened. Find out why first.")
    ensure(whole, "count_set_altered", message)


def _keys(vote: votes.VoteFacts) -> dict[int, PrivateKey]:
    """Every holder's private key, tried on the public one: a wrong key would list good ballots as unreadable."""
    try:
        private = votes.trustee_private_keys(vote.id)
    except (MissingSecret, SealingError, ValueError) as reason:
        raise DomainError("key_missing", _("The key that opens the envelopes is missing or damaged.")) from reason
    public = dict(enumerate(votes.trustee_public_keys(vote.id), start=1))
    good = set(private) == set(public) and all(fits(key, public[number]) for number, key in private.items())
    ensure(
        good, "key_does_not_fit", _("The key given does not fit the key this vote was sealed to. Nothing was opened.")
    )
    return private


def _opened(vote: votes.VoteFacts, sealed: Sealed, keys: dict[int, PrivateKey]) -> Opened:
    return open_all(
        (SealedEnvelope(ciphertext=ciphertext, commitment=commitment) for ciphertext, commitment, _leaf in sealed),
        vote_id=vote.id,
        private_keys=keys,
        options=len(votes.options(vote.id)),
        max_ranks=vote.max_ranks,
    )


def _closed_set(vote: votes.VoteFacts, opened: Opened) -> ClosedSet:
    return ClosedSet(
        vote_id=vote.id.hex(),
        rule_card_hash=bytes.fromhex(vote.rule_card_hash),
        options=len(votes.options(vote.id)),
        max_ranks=vote.max_ranks,
        ballots=ballot_matrix((ballot.ranking for ballot in opened.ballots), vote.max_ranks),
        salt=token_bytes(SALT_BYTES),
    )


def _ensure_every_envelope_is_told(row: Vote, opened: Opened) -> None:
    told = len(opened.ballots) + len(opened.unreadable)
    message = _("The count set holds %(size)d envelopes, but %(told)d were told of.", size=row.count_size, told=told)
    ensure(told == row.count_size, "equation_broken", message)


def _write_ballots(vote_id: bytes, closed: ClosedSet, opened: Opened) -> None:
    rankings = closed.ballots.astype(">u2")
    rows = [
        {"id": ballot.id, "vote_id": vote_id, "source": Source.ONLINE, "ranking": ranking.tobytes()}
        for ballot, ranking in zip(opened.ballots, rankings, strict=True)
    ]
    if rows:
        db.session.execute(sa.insert(CountedBallot), rows)


def _listed(sealed: Sealed, opened: Opened) -> list[str]:
    leaves = {sha256(ciphertext).digest(): leaf.hex() for ciphertext, _commitment, leaf in sealed}
    return sorted(Unread(leaf=leaves[each.ciphertext_hash], fault=each.fault).line for each in opened.unreadable)
