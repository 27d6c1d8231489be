"""From a closed vote to its closed ballot set: open the envelopes, and keep nothing of which gave what."""

from collections.abc import Sequence
from hashlib import sha256
from secrets import token_bytes

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import files
from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.vault import MissingSecret
from app.voting import queries as votes
from app.voting.counting.closed_set import ClosedSet, to_bytes
from app.voting.counting.records import ballot_matrix
from app.voting.models import CountedBallot, RollEntry, Vote
from app.voting.opening import policies
from app.voting.opening.events import EnvelopesOpened
from app.voting.rules import Channel, Source, Step, Unread, VoteStage, When
from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.sealing.faults import SealingError
from app.voting.sealing.keys import PrivateKey, fits
from app.voting.sealing.opening import Opened, open_all
from app.voting.services import ensure_due

SALT_BYTES = 32
Sealed = Sequence[tuple[bytes, bytes, bytes]]


def open_envelopes(cycle_id: int, *, by: Actor) -> Vote:
    """Open the final set of a closed vote and fix it as the closed ballot set; nothing keeps which envelope gave which.

    The file is on disk before the database names it. A kill before the commit leaves the vote closed and a file nobody
    names; asking again opens anew. One clerk opens; that two people are needed comes with several key holders.
    Source: voting.md 5, steps 1 to 4.
    """
    vote = votes.vote_facts(cycle_id)
    ensure_standing(
        policies.may_open(by, vote.cycle.neighborhood_id), _("Only a clerk of this neighborhood opens the envelopes.")
    )
    if ensure_due(Step.OPEN, vote.stage) is When.DONE:
        return db.session.get_one(Vote, vote.id)
    sealed = votes.final_envelopes(vote.id)
    opened = _opened(vote, sealed, _keys(vote))
    closed = _closed_set(vote, opened)
    closed_set_hash = files.store(to_bytes(closed))
    with transaction():
        row = locked(Vote, vote.id)
        if row is None:
            raise NotFound
        if ensure_due(Step.OPEN, row.stage) is When.DONE:
            return row
        _ensure_every_voter_has_an_envelope(vote.id, opened)
        _write_ballots(vote.id, closed, opened)
        row.stage, row.closed_set_hash = VoteStage.OPENED, closed_set_hash
        row.unreadable = _listed(sealed, opened)
        publish(
            EnvelopesOpened(
                actor_id=by.id,
                cycle_id=cycle_id,
                vote_id=vote.id.hex(),
                ballots=len(opened.ballots),
                unreadable=len(opened.unreadable),
                closed_set_hash=closed_set_hash,
            )
        )
    return row


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


def _ensure_every_voter_has_an_envelope(vote_id: bytes, opened: Opened) -> None:
    online = sa.select(sa.func.count()).select_from(RollEntry)
    voters = db.session.execute(
        online.where(RollEntry.vote_id == vote_id, RollEntry.channel == Channel.ONLINE)
    ).scalar_one()
    envelopes = len(opened.ballots) + len(opened.unreadable)
    message = _(
        "%(voters)d people are marked as having voted online, but the set holds %(envelopes)d envelopes. "
        "Nothing was opened; this has to be explained first.",
        voters=voters,
        envelopes=envelopes,
    )
    ensure(voters == envelopes, "equation_broken", message)


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
