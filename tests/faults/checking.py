"""The checker: what the database holds afterwards against what was acknowledged, which was kept outside it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import sqlalchemy as sa

from app.core.db import db
from app.voting.log import queries as log
from app.voting.log.models import LogLeaf, PendingLeaf
from app.voting.models import Envelope, RollEntry
from app.voting.queries import VoteFacts, vote_facts
from app.voting.sealing import leaves
from app.voting.tree import merkle
from app.voting.tree.receipts import Receipt
from tests.faults.letters import Letter
from tests.voting.ballots import box
from tests.voting.log.minutes import pass_ten

MOST_PROOFS = 500


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a checker found; all of it must be zero."""

    lost: int
    double: int
    bent: int
    """Voters whose roll entry does not say how many envelopes they have."""
    unlogged: int
    """Envelopes whose leaf is not theirs or neither waits nor is logged, and leaves without an envelope."""
    broken: int
    """Receipts that the log did not sign, or that are for another envelope than the one acknowledged."""

    @property
    def text(self) -> str:
        """For the table of figures."""
        more = {"bent": self.bent, "unlogged": self.unlogged, "receipts broken": self.broken}
        return f"{self.lost} lost, {self.double} double" + "".join(f", {n} {what}" for what, n in more.items() if n)


NOTHING = Verdict(lost=0, double=0, bent=0, unlogged=0, broken=0)


@dataclass(frozen=True, kw_only=True)
class Stored:
    """An envelope as the checker sees it."""

    voter: int
    leaf: bytes
    nonce: bytes
    is_whole: bool
    """Whether the leaf is the hash of this ciphertext."""


def compare(
    cycle_id: int,
    sent: Sequence[Sequence[Letter]],
    acknowledged: Mapping[bytes, Letter],
    receipts: Mapping[bytes, Receipt] | None = None,
) -> Verdict:
    """Hold the stored envelopes and their leaves against what was sent and what was acknowledged."""
    db.session.rollback()
    vote = vote_facts(cycle_id)
    stored = _stored(vote)
    known = {letter.key for stack in sent for letter in stack}
    voters = Counter(each.voter for found in stored.values() for each in found)
    return Verdict(
        lost=len(set(acknowledged) - set(stored)),
        double=sum(len(found) - 1 for found in stored.values()) + len(set(stored) - known),
        bent=sum(voters[voter] != revision for voter, revision in _revisions(vote.id).items()),
        unlogged=_unlogged(vote.id, [each for found in stored.values() for each in found]),
        broken=sum(not _is_kept(vote, each, stored.get(key, [])) for key, each in (receipts or {}).items()),
    )


def counted_as_acknowledged(cycle_id: int, acknowledged: Mapping[bytes, Letter]) -> bool:
    """Close the vote and open it: whether exactly the last acknowledged ballot of every voter counts."""
    box.close(cycle_id)
    last = {letter.voter: letter.ranking for letter in acknowledged.values()}
    return box.rankings(cycle_id) == sorted(last.values())


def grow_the_log(cycle_id: int) -> None:
    """Ten minutes pass, and the worker runs its batch."""
    pass_ten(vote_facts(cycle_id).id)


def unproved(cycle_id: int, receipts: Mapping[bytes, Receipt], chance: Random) -> int:
    """How many of these receipts, `MOST_PROOFS` of them at the most, are not proved to be under the log's last head."""
    vote = vote_facts(cycle_id)
    head, given = log.last_head(vote.id), list(receipts.values())
    if head is None or not head.is_signed_by(vote.log_public_key or b""):
        return len(given)
    logged = log.leaves(vote.id, size=head.size)
    places = {leaf: index for index, leaf in enumerate(logged)}
    held = [places.get(each.leaf, -1) for each in chance.sample(given, min(len(given), MOST_PROOFS))]
    return sum(
        at < 0
        or not merkle.is_included(
            logged[at], index=at, size=head.size, path=merkle.inclusion_path(logged, at), root=head.root
        )
        for at in held
    )


def _stored(vote: VoteFacts) -> dict[bytes, list[Stored]]:
    """The envelopes of a vote by the key of the page that cast them."""
    query = (
        sa.select(RollEntry.person_id, Envelope.idempotency_key, Envelope.leaf, Envelope.nonce, Envelope.ciphertext)
        .join(Envelope, Envelope.roll_entry_id == RollEntry.id)
        .where(RollEntry.vote_id == vote.id)
        .execution_options(yield_per=500)
    )
    found: dict[bytes, list[Stored]] = {}
    for voter, key, leaf, nonce, ciphertext in db.session.execute(query):
        is_whole = leaf == leaves.leaf(ciphertext, vote_id=vote.id, nonce=nonce)
        found.setdefault(key, []).append(Stored(voter=voter, leaf=leaf, nonce=nonce, is_whole=is_whole))
    return found


def _revisions(vote_id: bytes) -> dict[int, int]:
    entries = sa.select(RollEntry.person_id, RollEntry.revision).where(RollEntry.vote_id == vote_id)
    return {voter: revision for voter, revision in db.session.execute(entries)}


def _unlogged(vote_id: bytes, stored: Sequence[Stored]) -> int:
    waiting = sa.select(PendingLeaf.leaf).where(PendingLeaf.vote_id == vote_id)
    logged = sa.select(LogLeaf.leaf).where(LogLeaf.vote_id == vote_id, LogLeaf.note.is_(None))
    promised = Counter([*db.session.scalars(waiting), *db.session.scalars(logged)])
    ours = Counter(each.leaf for each in stored)
    strays = (promised - ours).total() + (ours - promised).total()
    return strays + sum(not each.is_whole for each in stored)


def _is_kept(vote: VoteFacts, receipt: Receipt, stored: Sequence[Stored]) -> bool:
    promised = receipt.vote_id == vote.id and receipt.is_signed_by(vote.log_public_key or b"")
    return promised and (receipt.leaf, receipt.nonce) in [(each.leaf, each.nonce) for each in stored]
