"""From a closed vote to its closed ballot set: what the envelopes gave and the paper ballots, never which gave what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from secrets import token_bytes
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import files
from app.core.db import after_commit, db, do_last, locked, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.core.tokens import random_id
from app.core.vault import MissingSecret
from app.voting import queries as votes
from app.voting.board.rules import Approval
from app.voting.board.services import take
from app.voting.counting.closed_set import ClosedSet, to_bytes
from app.voting.counting.records import ballot_matrix
from app.voting.models import CountedBallot, Vote
from app.voting.opening.events import EnvelopesOpened
from app.voting.reconciling import queries as reconciling
from app.voting.rules import BoardStep, Source, Unread, VoteStage
from app.voting.sealing.count_sets import CountSet
from app.voting.sealing.faults import SealingError
from app.voting.sealing.keys import PrivateKey, fits
from app.voting.sealing.opening import Unreadable, open_all
from app.voting.services import ensure_now, locked_vote
from app.voting.trustees import services as trustees

SALT_BYTES = 32
Payload = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What came of the count set: rankings in no order, and what could not be read, by hash of the ciphertext."""

    rankings: Sequence[tuple[int, ...]]
    unreadable: Sequence[Unreadable]


def to_open_envelopes(cycle_id: int, answers: Payload) -> Payload:
    """The count set that is opened, and the key holders' result file by its hash, where key holders opened it."""
    vote = votes.vote_facts(cycle_id)
    ensure_now(BoardStep.OPEN_ENVELOPES, vote.stage)
    facts = _whole_count_set(vote).facts
    opened = {"vote": vote.id.hex(), "count_size": facts.number, "count_root": facts.count_root.hex()}
    if votes.key_is_kept_here(vote.id):
        return opened
    name = answers.get("result_file")
    waits = _("The key holders open the count set on a machine of their own. Hand in the result file they bring back.")
    ensure(bool(name), "no_result_file", waits, field="result_file")
    found = trustees.read_result(vote, str(name))
    return opened | {
        "result_file": name,
        "opened_by": list(found.trustees),
        "ballots": len(found.rankings),
        "result_hash": found.content_hash().hex(),
    }


def open_envelopes(approval: Approval) -> Vote:
    """Fix what the opening of the count set gave, and the paper ballots, as the closed ballot set.

    Nothing keeps which envelope gave which ballot. The file is on disk before the database names it. A kill before the
    commit leaves the vote as it was, a request that still waits and a file nobody names; approving it again opens
    anew and removes that file. Source: voting.md 5, steps 1 to 4.
    """
    vote = votes.vote_facts(approval.cycle_id)
    ensure_now(BoardStep.OPEN_ENVELOPES, vote.stage)
    count_set = _whole_count_set(vote)
    found = _found(vote, count_set, approval.payload.get("result_file"))
    on_paper = reconciling.paper_rankings(vote.id)
    closed = to_bytes(_closed_set(vote, [*found.rankings, *on_paper]))
    with transaction():
        row = locked_vote(vote.cycle.id)
        take(approval)
        ensure_now(BoardStep.OPEN_ENVELOPES, row.stage)
        _ensure_every_envelope_is_told(row, found)
        files.settle(row.id.hex(), kept=row.closed_set_hash)
        with files.draft(row.id.hex(), closed) as closed_set_hash:
            _write_ballots(vote, Source.ONLINE, found.rankings)
            _write_ballots(vote, Source.PAPER, on_paper)
            row.stage, row.closed_set_hash = VoteStage.OPENED, closed_set_hash
            row.unreadable = _listed(vote, found)
            publish(
                EnvelopesOpened(
                    actor_id=approval.id,
                    cycle_id=vote.cycle.id,
                    vote_id=vote.id.hex(),
                    ballots=len(found.rankings),
                    on_paper=len(on_paper),
                    unreadable=len(found.unreadable),
                    closed_set_hash=closed_set_hash,
                )
            )
            do_last()  # while the set is removed if it fails
        after_commit(partial(files.settle, row.id.hex(), kept=closed_set_hash))
    return row


def remove_left_sets() -> int:
    """Remove what openings have left that a kill, or a fault at their commit, cut short; returns how many there were.

    Each under the lock of its vote, so that an opening that runs now loses nothing.
    """
    left = files.drafts()
    for name in left:
        with transaction():
            row = locked(Vote, bytes.fromhex(name))
            files.settle(name, kept=None if row is None else row.closed_set_hash)
    return len(left)


def _whole_count_set(vote: votes.VoteFacts) -> CountSet:
    """The count set as it was reconciled."""
    found = reconciling.count_set(vote)
    whole = found.facts.number == vote.count_size and found.facts.count_root.hex() == vote.count_root
    message = _("The envelopes are not the ones that were reconciled, so nothing was opened. Find out why first.")
    ensure(whole, "count_set_altered", message)
    return found


def _found(vote: votes.VoteFacts, count_set: CountSet, result_file: str | None) -> _Found:
    """From the key holders' file, or opened here with the one key that is kept here."""
    if result_file is not None:
        result = trustees.read_result(vote, result_file)
        return _Found(rankings=result.rankings, unreadable=result.unreadable)
    opened = open_all(
        count_set.envelopes,
        vote_id=vote.id,
        private_keys=_keys(vote),
        options=len(votes.options(vote.id)),
        max_ranks=vote.max_ranks,
    )
    return _Found(rankings=[ballot.ranking for ballot in opened.ballots], unreadable=opened.unreadable)


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


def _closed_set(vote: votes.VoteFacts, rankings: Sequence[tuple[int, ...]]) -> ClosedSet:
    return ClosedSet(
        vote_id=vote.id.hex(),
        rule_card_hash=bytes.fromhex(vote.rule_card_hash),
        options=len(votes.options(vote.id)),
        max_ranks=vote.max_ranks,
        ballots=ballot_matrix(rankings, vote.max_ranks),
        salt=token_bytes(SALT_BYTES),
    )


def _ensure_every_envelope_is_told(row: Vote, found: _Found) -> None:
    told = len(found.rankings) + len(found.unreadable)
    message = _("The count set holds %(size)d envelopes, but %(told)d were told of.", size=row.count_size, told=told)
    ensure(told == row.count_size, "equation_broken", message)


def _write_ballots(vote: votes.VoteFacts, source: Source, rankings: Sequence[tuple[int, ...]]) -> None:
    """Each under a fresh random id and in the order of the ids, so that no order is left."""
    written = [
        {"id": random_id(), "vote_id": vote.id, "source": source, "ranking": ranking.tobytes()}
        for ranking in ballot_matrix(rankings, vote.max_ranks).astype(">u2")
    ]
    if written:
        db.session.execute(sa.insert(CountedBallot), sorted(written, key=lambda row: bytes(row["id"])))


def _listed(vote: votes.VoteFacts, found: _Found) -> list[str]:
    leaves = {sha256(ciphertext).digest(): leaf.hex() for ciphertext, _c, leaf in votes.final_envelopes(vote.id)}
    return sorted(Unread(leaf=leaves[each.ciphertext_hash], fault=each.fault).line for each in found.unreadable)
