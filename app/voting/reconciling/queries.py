"""Reading the numbers that must agree before anything is opened, and the count set that key holders take away."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.core.db import db
from app.voting import queries as votes
from app.voting.models import RollEntry
from app.voting.paper import queries as paper
from app.voting.paper.queries import Explanation
from app.voting.paper.rules import Balance
from app.voting.queries import VoteFacts
from app.voting.rules import Channel
from app.voting.sealing import count_sets
from app.voting.sealing.count_sets import CountSet
from app.voting.sealing.envelopes import SealedEnvelope


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Voters marked online and envelopes, voters marked on paper and accepted slips; paper sums, red or explained."""

    voters_online: int
    envelopes: int
    voters_on_paper: int
    slips: int
    red: tuple[Balance, ...]
    explained: tuple[Explanation, ...] = ()
    """What is missing on paper for good, as two members of the board have agreed on it; it changes no number."""

    @property
    def agree(self) -> bool:
        """Whether envelopes may be opened."""
        return self.voters_online == self.envelopes and not self.red


def numbers(vote_id: bytes) -> Numbers:
    """The numbers of a vote as they are now. Source: voting.md 5, step 2, and 8, step 5."""
    has_cast = sa.or_(
        RollEntry.channel == Channel.ONLINE,
        sa.and_(RollEntry.channel == Channel.PAPER_ISSUED, RollEntry.revision > 0),
    )
    return Numbers(
        voters_online=_voters(vote_id, has_cast),
        envelopes=votes.final_envelope_count(vote_id),
        voters_on_paper=_voters(vote_id, RollEntry.channel == Channel.PAPER_RETURNED),
        slips=len(paper.accepted_rankings(vote_id)),
        red=tuple(paper.problems(vote_id)),
        explained=tuple(paper.explained(vote_id)),
    )


def count_set(vote: VoteFacts) -> CountSet:
    """Every envelope that counts, without a way to the roll: what the key holders open. Refused before the close."""
    sealed = votes.final_envelopes(vote.id)
    return count_sets.gather(
        (SealedEnvelope(ciphertext=ciphertext, commitment=commitment) for ciphertext, commitment, _leaf in sealed),
        vote_id=vote.id,
        name=vote.cycle.name,
        rule_card_hash=bytes.fromhex(vote.rule_card_hash),
        options=len(votes.options(vote.id)),
        max_ranks=vote.max_ranks,
        threshold=vote.threshold,
        public_keys=votes.trustee_public_keys(vote.id),
    )


def paper_rankings(vote_id: bytes) -> Sequence[tuple[int, ...]]:
    """The rankings on accepted slips, which join the opened ballots."""
    return paper.accepted_rankings(vote_id)


def _voters(vote_id: bytes, condition: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(RollEntry).where(RollEntry.vote_id == vote_id, condition)
    return db.session.execute(query).scalar_one()
