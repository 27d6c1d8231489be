"""The vote: options, key holders, the roll, sealed envelopes, counted ballots and the result.

*Who* and *what* never meet: an envelope hangs on the roll and nobody can read it; a counted ballot is born at the count
and has no path to the roll (decision record on ballots). Envelopes, roll and counted ballots carry no time.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, fixed_bytes, words
from app.core.tokens import random_id
from app.cycles.models import Cycle
from app.proposals.models import Proposal
from app.voting.roll.models import Listing
from app.voting.rules import Channel, CheckStage, Source, VoteStage


class Vote(Model):
    """The vote of one cycle, with a random id that is bound into every envelope."""

    __tablename__ = "vote"
    __table_args__ = (
        sa.CheckConstraint("opens_at < closes_at", name="closes_after_it_opens"),
        sa.CheckConstraint("threshold BETWEEN 1 AND trustees", name="threshold_within_trustees"),
        sa.CheckConstraint("stage = 'frozen' OR roll_hash IS NOT NULL", name="roll_frozen_at_opening"),
        sa.CheckConstraint(
            "stage IN ('frozen', 'open', 'closed', 'reconciled') OR closed_set_hash IS NOT NULL",
            name="closed_set_known_once_opened",
        ),
        sa.CheckConstraint(
            "stage <> 'reconciled' OR (count_root IS NOT NULL AND count_size IS NOT NULL)",
            name="count_set_known_once_reconciled",
        ),
        sa.CheckConstraint("(stage IN ('published', 'destroyed')) = (published_at IS NOT NULL)", name="published_once"),
        sa.CheckConstraint("(stage = 'destroyed') = (destroyed_at IS NOT NULL)", name="destroyed_once"),
    )
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True, default=random_id)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"), unique=True)
    stage: Mapped[VoteStage] = mapped_column(words(VoteStage, "stage_known"))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    grace_seconds: Mapped[int]
    threshold: Mapped[int]
    trustees: Mapped[int]
    rule_card_hash: Mapped[str] = mapped_column(sa.String(64))
    option_seed: Mapped[str] = mapped_column(sa.String(64))
    """The seed, in hex, from which the option numbers were drawn; shown on the ballot."""
    log_public_key: Mapped[bytes | None] = mapped_column(fixed_bytes(32))
    """The key that signs receipts and heads of the public log; None for a vote that has no log."""
    roll_hash: Mapped[str | None] = mapped_column(sa.String(64))
    roll_size: Mapped[int | None]
    objection_days: Mapped[int]
    """For how many days after the certification objections are heard; 0 for an imported vote."""
    count_size: Mapped[int | None]
    """How many envelopes are in the count set, once the board has reconciled it."""
    count_root: Mapped[str | None] = mapped_column(sa.String(64))
    """The root in hex over the envelopes of the count set: what the key holders open, and nothing else."""
    objections_until: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    destroyed_at: Mapped[datetime | None]
    closed_set_hash: Mapped[str | None] = mapped_column(sa.String(64))
    """SHA-256 in hex of the closed ballot set, under which the file is stored."""
    early_close_reason: Mapped[str | None] = mapped_column(sa.Text)
    """Why it was closed before the announced end, in the clerk's words, for everybody; None for an ordinary close."""
    unreadable: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    cycle: Mapped[Cycle] = relationship()
    options: Mapped[list["Option"]] = relationship(order_by="Option.number", back_populates="vote")
    keys: Mapped[list["TrusteeKey"]] = relationship(order_by="TrusteeKey.number", back_populates="vote")


class Option(Model):
    """A proposal as it stands on the ballot: frozen words and price, a number drawn by lot."""

    __tablename__ = "option"
    __table_args__ = (
        sa.UniqueConstraint("vote_id", "proposal_id"),
        sa.CheckConstraint("number BETWEEN 1 AND 10000", name="number_in_reach"),
        sa.CheckConstraint("cost_cents >= 0", name="cost_not_negative"),
    )
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    title: Mapped[str] = mapped_column(sa.String(120))
    summary: Mapped[str] = mapped_column(sa.Text)
    cost_cents: Mapped[int]
    vote: Mapped[Vote] = relationship(back_populates="options")
    proposal: Mapped[Proposal] = relationship()


class TrusteeKey(Model):
    """The public key of one key holder and the suite it belongs to."""

    __tablename__ = "trustee_key"
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    holder: Mapped[str] = mapped_column(sa.String(120))
    algorithm: Mapped[int]
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    fingerprint: Mapped[str] = mapped_column(sa.String(200))
    checked_at: Mapped[datetime | None]
    """When something sealed to this key was last opened with it."""
    challenge: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    """The question of the last key check, as its holder was given it; None where none is out."""
    vote: Mapped[Vote] = relationship(back_populates="keys")


class RollEntry(Model):
    """Somebody entitled to vote, by their account, a line of a list or both, and whether they have. No time."""

    __tablename__ = "roll_entry"
    __table_args__ = (
        sa.UniqueConstraint("vote_id", "person_id"),
        sa.UniqueConstraint("vote_id", "listing_id"),
        sa.CheckConstraint("person_id IS NOT NULL OR listing_id IS NOT NULL", name="somebody_stands_behind_it"),
        sa.CheckConstraint("revision >= 0", name="revision_from_zero"),
        sa.CheckConstraint("channel <> 'online' OR revision > 0", name="online_means_an_envelope"),
        {"sqlite_with_rowid": False},
    )
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True, default=random_id)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    listing_id: Mapped[bytes | None] = mapped_column(sa.ForeignKey("listing.id"))
    source: Mapped[str] = mapped_column(sa.String(40))
    """Why they are on the roll (`verified_residence`, `listing`)."""
    channel: Mapped[Channel] = mapped_column(words(Channel, "channel_known"))
    revision: Mapped[int]
    """How often they have cast; the highest revision is the one that counts."""
    person: Mapped[Person | None] = relationship()
    listing: Mapped[Listing | None] = relationship()


class Envelope(Model):
    """A sealed ballot: unreadable until the key holders open it. No time, and never the ranking."""

    __tablename__ = "envelope"
    __table_args__ = (
        sa.UniqueConstraint("roll_entry_id", "idempotency_key"),
        sa.UniqueConstraint("leaf"),
        sa.CheckConstraint("revision >= 1", name="revision_from_one"),
        {"sqlite_with_rowid": False},
    )
    roll_entry_id: Mapped[bytes] = mapped_column(sa.ForeignKey("roll_entry.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    idempotency_key: Mapped[bytes] = mapped_column(fixed_bytes(32))
    ciphertext: Mapped[bytes] = mapped_column(sa.LargeBinary)
    commitment: Mapped[bytes] = mapped_column(fixed_bytes(32))
    nonce: Mapped[bytes] = mapped_column(fixed_bytes(16))
    leaf: Mapped[bytes] = mapped_column(fixed_bytes(32))


class CountedBallot(Model):
    """How somebody voted. Never who, never when: a fresh random id and nothing that leads to the roll."""

    __tablename__ = "counted_ballot"
    __table_args__ = (sa.Index("ix_counted_ballot_vote_id", "vote_id"), {"sqlite_with_rowid": False})
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True, default=random_id)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"))
    source: Mapped[Source] = mapped_column(words(Source, "source_known"))
    ranking: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """`max_ranks` option numbers, 2 bytes each, big-endian, padded with zeros."""


class Result(Model):
    """One count of a vote with its lot and its event log; certified by a clerk and an observer, never by one person.

    Number 1 counts every option; each later one is a recount of the same ballots without the `withdrawn` options.
    """

    __tablename__ = "result"
    __table_args__ = (
        sa.UniqueConstraint("vote_id", "number"),
        sa.CheckConstraint(
            "clerk_id IS NULL OR observer_id IS NULL OR clerk_id <> observer_id", name="two_persons_certify"
        ),
        sa.CheckConstraint(
            "(certified_at IS NOT NULL) = (clerk_id IS NOT NULL AND observer_id IS NOT NULL)", name="certified_by_both"
        ),
        sa.CheckConstraint("certified_at IS NULL OR check_stage = 'agreed'", name="certified_once_checked"),
        sa.CheckConstraint("check_percent BETWEEN 0 AND 100", name="check_percent_is_one"),
        sa.CheckConstraint("(number = 1) = (withdrawn_reason IS NULL)", name="recount_has_its_reason"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"))
    number: Mapped[int]
    rule: Mapped[str] = mapped_column(sa.String(40))
    closed_set_hash: Mapped[str] = mapped_column(sa.String(64))
    lot_seed: Mapped[str | None] = mapped_column(sa.String(64))
    """The seed the order follows from, in hex; None where an imported vote gave the order itself."""
    lot_order: Mapped[list[int]] = mapped_column(sa.JSON)
    withdrawn: Mapped[list[int]] = mapped_column(sa.JSON)
    """Numbers of the options struck from every ballot before this count."""
    withdrawn_reason: Mapped[str | None] = mapped_column(sa.Text)
    """Why, in the clerk's words, for everybody."""
    outcome: Mapped[str] = mapped_column(sa.Text)
    """The outcome as canonical JSON: the only source of the results page, the report and the projects."""
    outcome_hash: Mapped[str] = mapped_column(sa.String(64))
    engine: Mapped[str] = mapped_column(sa.String(200))
    """Versions of what counted: the program, Python, NumPy, pyrankvote."""
    counted_at: Mapped[datetime]
    check_stage: Mapped[CheckStage] = mapped_column(words(CheckStage, "check_stage_known"))
    check_percent: Mapped[int]
    check_note: Mapped[str | None] = mapped_column(sa.Text)
    """Where the two counts differ, if they do."""
    clerk_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    observer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    certified_at: Mapped[datetime | None]
    vote: Mapped[Vote] = relationship()


class Explanation(Model):
    """What a worker found out about a result by counting again: near misses, margins, what other rules would do."""

    __tablename__ = "explanation"
    __table_args__ = (
        sa.CheckConstraint("(content IS NULL) = (made_at IS NULL)", name="made_when_it_has_content"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="percent_is_one"),
    )
    result_id: Mapped[int] = mapped_column(sa.ForeignKey("result.id"), primary_key=True, autoincrement=False)
    percent: Mapped[int]
    """How far the worker has come."""
    content: Mapped[str | None] = mapped_column(sa.Text)
    """Canonical JSON; no part of the result, and the same whenever it is made again from the closed set."""
    made_at: Mapped[datetime | None]


append_only(Option)
append_only(CountedBallot)
