"""Reading votes: what everybody may know, and what the count needs once a vote has closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Self

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import vault
from app.core.db import db
from app.core.errors import NotFound, ensure
from app.cycles.models import Cycle, RuleCard
from app.cycles.queries import CycleFacts, facts
from app.places.models import Neighborhood
from app.proposals.ballot_texts.models import BallotText
from app.proposals.models import Proposal
from app.proposals.rules import Stage as ProposalStage
from app.proposals.rules import code
from app.voting.fixing.models import BallotLine
from app.voting.models import Envelope, Option, RollEntry, TrusteeKey, Vote
from app.voting.roll.models import RollChange
from app.voting.roll.rules import ChangeKind
from app.voting.rules import Channel, VoteStage, roll_hash, shown_turnout
from app.voting.sealing import key_files
from app.voting.sealing.keys import PrivateKey, PublicKey, public_from

LOT_SEED = "lot-seed"
LOG_SEED = "log-seed"


@dataclass(frozen=True, kw_only=True)
class VoteFacts:
    """A vote with its cycle; moments in UTC, hashes in hex."""

    id: bytes
    cycle: CycleFacts
    stage: VoteStage
    opens_at: datetime
    closes_at: datetime
    grace: timedelta
    threshold: int
    trustees: int
    rule_card_hash: str
    lot_commitment: str | None
    option_seed: str
    log_public_key: bytes | None
    roll_hash: str | None
    roll_size: int | None
    closed_set_hash: str | None
    early_close_reason: str | None
    objection_days: int
    count_size: int | None
    count_root: str | None
    objections_until: datetime | None
    published_at: datetime | None
    destroyed_at: datetime | None

    @property
    def max_ranks(self) -> int:
        """How many options a ballot ranks at most."""
        return self.cycle.max_ranks

    @property
    def is_imported(self) -> bool:
        """Whether it was held elsewhere and came from a file: then there is no roll, no envelope and no drawn lot."""
        return self.cycle.is_imported

    @property
    def is_provisional(self) -> bool:
        """Whether the certified result can still be objected to.

        Not so for a vote that was held elsewhere, nor for one certified before objections were heard here.
        """
        return self.stage is VoteStage.CERTIFIED and self.objections_until is not None

    @property
    def is_open(self) -> bool:
        """Whether its stage lets ballots in; the clock has a say too."""
        return self.stage is VoteStage.OPEN


@dataclass(frozen=True, kw_only=True)
class OptionFacts:
    """An option as it stands on the ballot, for good; `code`, `need` and `place` come from its proposal."""

    number: int
    proposal_id: int
    code: str
    title: str
    summary: str
    cost_cents: int
    need: str
    place: str
    running_cost_cents: int | None = None
    """What it costs in each year after; None where officers said nothing."""
    task_force: str | None = None
    """Which task force takes it on if it is funded, named before anybody voted."""
    task_force_slug: str | None = None
    text_hash: str | None = None
    """SHA-256 in hex of its short text, as on the rule card."""
    wordings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Title and text in the other languages of the neighborhood, as on the rule card."""
    source: str = "en"
    """The language of its title and text as they were fixed, and of what its proposal says."""
    shown_in: str = ""
    """The language they were asked for in; nothing where they stand as they were fixed."""
    written: Self | None = None
    """The same as it was fixed, where it is shown in another language."""
    read_by: str = ""
    """Who has read its title over, where people have translated it and the ballot did not have that language."""

    def said_in(self, language: str) -> Self:
        """The same with title and words in that language, where the ballot has them; else in its own."""
        said = self.wordings.get(language)
        if said is None:
            return replace(self, shown_in=language)
        return replace(self, title=said["title"], summary=said["text"], shown_in=language, written=self)

    def titled(self, title: str, *, read_by: str) -> Self:
        """The same under a title that people have translated, for pages that are not the ballot."""
        return replace(self, title=title, read_by=read_by, written=self)

    def unsaid(self) -> Self:
        """The same as it was fixed, on a page that could show it in another language."""
        return self if self.written is None else replace(self.written, shown_in=self.shown_in)

    @property
    def language(self) -> str | None:
        """The language of title and text where it is not the one they were asked for in."""
        return self.source if self.written is None and self.source != self.shown_in else None

    @property
    def others_language(self) -> str | None:
        """That of what its proposal says, which the ballot has in no other."""
        return self.source if self.source != self.shown_in else None


@dataclass(frozen=True, kw_only=True)
class Feasible:
    """A proposal that would stand on the ballot if it were fixed now."""

    proposal_id: int
    title: str
    cost_cents: int


@dataclass(frozen=True, kw_only=True)
class Trustee:
    """Somebody who holds a key, and what everybody may know about it."""

    number: int
    holder: str
    fingerprint: str
    checked_at: datetime | None


def find_vote(cycle_id: int) -> VoteFacts | None:
    """The vote of a cycle, or None before its ballot is fixed; NotFound for an unknown or unpublished cycle."""
    cycle = facts(cycle_id)
    query = sa.select(Vote, RuleCard.lot_commitment).join(RuleCard, RuleCard.cycle_id == Vote.cycle_id)
    found = db.session.execute(query.where(Vote.cycle_id == cycle_id)).first()
    return None if found is None else _vote_facts(found[0], cycle, found[1])


def vote_facts(cycle_id: int) -> VoteFacts:
    """The vote of a cycle; NotFound where there is none yet."""
    vote = find_vote(cycle_id)
    if vote is None:
        raise NotFound
    return vote


def is_provisional(cycle_id: int) -> bool:
    """Whether the certified result of a cycle can still be objected to; not so where there is no vote."""
    vote = find_vote(cycle_id)
    return vote is not None and vote.is_provisional


def options(vote_id: bytes) -> list[OptionFacts]:
    """The options in the order of their numbers, which were drawn by lot."""
    query = (
        sa.select(Option, BallotLine, Proposal.number, Proposal.need, Proposal.place, Cycle.year)
        .add_columns(_WORDED_IN, Neighborhood.languages)
        .outerjoin(BallotLine, sa.and_(BallotLine.vote_id == Option.vote_id, BallotLine.number == Option.number))
        .join(Proposal, Proposal.id == Option.proposal_id)
        .join(Cycle, Cycle.id == Proposal.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .where(Option.vote_id == vote_id)
        .order_by(Option.number)
    )
    found = db.session.execute(query)
    return [
        _option_facts(option, line, number or 0, (need, place), year, worded_in or (languages or ["en"])[0])
        for option, line, number, need, place, year, worded_in, languages in found
    ]


def task_force_named(proposal_id: int) -> str | None:
    """The address of the task force that the ballot named for an option; None where it named none."""
    query = sa.select(BallotLine.task_force_slug).join(
        Option, sa.and_(BallotLine.vote_id == Option.vote_id, BallotLine.number == Option.number)
    )
    return db.session.scalar(query.where(Option.proposal_id == proposal_id))


def feasible(cycle_id: int) -> list[Feasible]:
    """The proposals of a cycle that officers have found feasible."""
    query = sa.select(Proposal.id, Proposal.title, Proposal.cost_cents).where(Proposal.cycle_id == cycle_id)
    found = db.session.execute(query.where(Proposal.stage == ProposalStage.FEASIBLE).order_by(Proposal.id))
    return [Feasible(proposal_id=p.id, title=p.title, cost_cents=p.cost_cents or 0) for p in found]


def undecided(cycle_id: int) -> int:
    """How many proposals of a cycle still wait for an officer or for changes, and would miss the ballot."""
    waiting = Proposal.stage.in_((ProposalStage.SUBMITTED, ProposalStage.NEEDS_CHANGES))
    query = sa.select(sa.func.count()).select_from(Proposal).where(Proposal.cycle_id == cycle_id, waiting)
    return db.session.execute(query).scalar_one()


def trustees(vote_id: bytes) -> list[Trustee]:
    """Who holds the keys of a vote."""
    query = sa.select(TrusteeKey.number, TrusteeKey.holder, TrusteeKey.fingerprint, TrusteeKey.checked_at)
    found = db.session.execute(query.where(TrusteeKey.vote_id == vote_id).order_by(TrusteeKey.number))
    return [Trustee(**key) for key in found.mappings()]


def trustee_public_keys(vote_id: bytes) -> list[PublicKey]:
    """The keys to seal ballots to, in the order of their holders."""
    query = sa.select(TrusteeKey.public_key).where(TrusteeKey.vote_id == vote_id).order_by(TrusteeKey.number)
    return [public_from(key) for key in db.session.scalars(query)]


def turnout(vote: VoteFacts) -> int:
    """How many on the roll have voted, as everybody may know it: only full tens while the vote is open."""
    came_in = RollEntry.channel.in_((Channel.ONLINE, Channel.PAPER_RETURNED))
    has_voted = sa.or_(came_in, sa.and_(RollEntry.channel == Channel.PAPER_ISSUED, RollEntry.revision > 0))
    query = sa.select(sa.func.count()).select_from(RollEntry).where(RollEntry.vote_id == vote.id, has_voted)
    count = db.session.execute(query).scalar_one()
    return shown_turnout(count, stage=vote.stage)


def roll_is_whole(vote: VoteFacts) -> bool:
    """Whether the roll is still the one published at the opening, but for what two persons changed since.

    Whoever they added stands beside the published roll; whoever they struck is still on it and can no longer vote.
    """
    entries = sa.select(RollEntry.id, RollEntry.person_id, RollEntry.listing_id, RollEntry.channel)
    found = db.session.execute(entries.where(RollEntry.vote_id == vote.id)).all()
    changed = sa.select(RollChange.roll_entry_id, RollChange.kind).where(RollChange.vote_id == vote.id)
    changes = db.session.execute(changed.order_by(RollChange.number)).all()
    added = {change.roll_entry_id for change in changes if change.kind is ChangeKind.ADDED}
    last = {change.roll_entry_id: change.kind for change in changes}
    void = {row.id for row in found if row.channel is Channel.VOID}
    struck = {entry_id for entry_id, kind in last.items() if kind is ChangeKind.STRUCK}
    if not added <= {row.id for row in found} or struck != void:
        return False
    listed = [(r.id, r.person_id, r.listing_id) for r in found if r.id not in added]
    return len(listed) == (vote.roll_size or 0) and roll_hash(vote.id, listed) == vote.roll_hash


def final_envelopes(vote_id: bytes) -> list[tuple[bytes, bytes, bytes]]:
    """(ciphertext, commitment, leaf) of every envelope that counts, by the hash of the ciphertext: no way to the roll.

    One for each roll entry that cast online, the highest revision; none where a paper ballot came back. Refused while
    the vote has not closed: nobody takes the set out of a vote that still goes on. Source: voting.md 5, steps 1 and 2.
    """
    stage = db.session.scalar(sa.select(Vote.stage).where(Vote.id == vote_id))
    ensure(stage not in (None, VoteStage.FROZEN, VoteStage.OPEN), "not_closed", _("The vote has not closed."))
    parts = _final(vote_id).with_only_columns(Envelope.ciphertext, Envelope.commitment, Envelope.leaf)
    found = [(ciphertext, commitment, leaf) for ciphertext, commitment, leaf in db.session.execute(parts)]
    return sorted(found, key=lambda envelope: sha256(envelope[0]).digest())


def final_envelope_count(vote_id: bytes) -> int:
    """How many envelopes count: one for each voter who cast online and brought back no paper."""
    final = _final(vote_id).with_only_columns(sa.func.count())
    return db.session.execute(final).scalar_one()


def key_is_kept_here(vote_id: bytes) -> bool:
    """Whether the one key of the vote lies on this machine, because nobody holds one."""
    return vault.is_kept(vote_id.hex(), key_file(1))


def trustee_private_keys(vote_id: bytes) -> dict[int, PrivateKey]:
    """The private keys kept on this machine, by number of their holder; raises vault.MissingSecret for a lost one."""
    query = sa.select(TrusteeKey.number).where(TrusteeKey.vote_id == vote_id).order_by(TrusteeKey.number)
    numbers = db.session.scalars(query)
    return {number: key_files.read(vault.read(vote_id.hex(), key_file(number)).decode()) for number in numbers}


def lot_seed(vote_id: bytes) -> bytes:
    """The 32 secret bytes promised on the rule card; raises vault.MissingSecret where the file is gone."""
    return vault.read(vote_id.hex(), LOT_SEED)


def key_file(number: int) -> str:
    """The name under which the key of that holder is kept on this machine."""
    return f"trustee-{number}"


def _final(vote_id: bytes) -> sa.Select[Any]:
    newest = sa.and_(Envelope.roll_entry_id == RollEntry.id, Envelope.revision == RollEntry.revision)
    counts = (RollEntry.vote_id == vote_id, RollEntry.channel.in_((Channel.ONLINE, Channel.PAPER_ISSUED)))
    return sa.select(Envelope).join(RollEntry, newest).where(*counts)


def _vote_facts(vote: Vote, cycle: CycleFacts, lot_commitment: str | None) -> VoteFacts:
    return VoteFacts(
        id=vote.id,
        cycle=cycle,
        stage=vote.stage,
        opens_at=vote.opens_at,
        closes_at=vote.closes_at,
        grace=timedelta(seconds=vote.grace_seconds),
        threshold=vote.threshold,
        trustees=vote.trustees,
        rule_card_hash=vote.rule_card_hash,
        lot_commitment=lot_commitment,
        option_seed=vote.option_seed,
        log_public_key=vote.log_public_key,
        roll_hash=vote.roll_hash,
        roll_size=vote.roll_size,
        closed_set_hash=vote.closed_set_hash,
        early_close_reason=vote.early_close_reason,
        objection_days=vote.objection_days,
        count_size=vote.count_size,
        count_root=vote.count_root,
        objections_until=vote.objections_until,
        published_at=vote.published_at,
        destroyed_at=vote.destroyed_at,
    )


_WORDED_IN = (
    sa.select(sa.func.max(BallotText.language))
    .where(BallotText.proposal_id == Option.proposal_id, BallotText.hash == BallotLine.text_hash)
    .correlate(Option, BallotLine)
    .scalar_subquery()
)
"""The language of the short text that an option was fixed with."""


def _option_facts(
    option: Option, line: BallotLine | None, number: int, proposal: tuple[str, str], year: int, source: str
) -> OptionFacts:
    need, place = proposal
    beside: dict[str, Any] = {}
    if line is not None:
        names = ("running_cost_cents", "task_force", "task_force_slug", "text_hash", "wordings")
        beside = {name: getattr(line, name) for name in names}
    return OptionFacts(
        **beside,
        number=option.number,
        proposal_id=option.proposal_id,
        code=code(year, number),
        title=option.title,
        summary=option.summary,
        cost_cents=option.cost_cents,
        need=need,
        place=place,
        source=source,
    )
