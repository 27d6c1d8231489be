"""The plan of a vote, the members of its board, and what waits for a second member."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, fixed_bytes, words
from app.core.tokens import random_id
from app.cycles.models import Cycle
from app.voting.board.rules import ActKind, Ending, Part


class VotePlan(Model):
    """What is settled about a vote before its ballot is fixed, beside its cycle; frozen on the rule card."""

    __tablename__ = "vote_plan"
    __table_args__ = (
        sa.CheckConstraint("objection_days BETWEEN 1 AND 60", name="objection_days_in_reach"),
        sa.CheckConstraint("threshold >= 1", name="threshold_from_one"),
    )
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"), primary_key=True, autoincrement=False)
    objection_days: Mapped[int]
    threshold: Mapped[int]
    """How many key holders open the envelopes together."""
    cycle: Mapped[Cycle] = relationship()


class BoardMember(Model):
    """Somebody on the board of a cycle's vote."""

    __tablename__ = "board_member"
    __table_args__ = (sa.UniqueConstraint("cycle_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    part: Mapped[Part] = mapped_column(words(Part, "part_known"))
    named_at: Mapped[datetime]
    person: Mapped[Person] = relationship()


class PendingAction(Model):
    """An act one member has asked for, with its exact payload; it happens when another approves it, and only then."""

    __tablename__ = "pending_action"
    __table_args__ = (
        sa.CheckConstraint("requester_id <> approver_id", name="two_persons"),
        sa.CheckConstraint("(ending IS NULL) = (ended_at IS NULL)", name="ended_at_a_time"),
        sa.CheckConstraint(
            "(approver_id IS NOT NULL) = (ending IS NOT NULL AND ending = 'executed')", name="executed_by_approval"
        ),
        sa.CheckConstraint("requested_at < expires_at", name="expires_later"),
        sa.Index("ix_pending_action_cycle_id", "cycle_id"),
    )
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True, default=random_id)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    kind: Mapped[ActKind] = mapped_column(words(ActKind, "kind_known"))
    payload: Mapped[str] = mapped_column(sa.Text)
    """Canonical JSON: what is agreed, to the byte."""
    payload_hash: Mapped[str] = mapped_column(sa.String(64))
    requester_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    approver_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    ended_at: Mapped[datetime | None]


class BoardChange(Model):
    """A change of the board of a vote under way: who left, who came, why, and who agreed on it. Never edited."""

    __tablename__ = "board_change"
    __table_args__ = (
        sa.CheckConstraint("requester_id <> approver_id", name="two_persons_change_the_board"),
        sa.CheckConstraint("joiner_id <> leaver_id", name="joiner_is_another"),
        sa.CheckConstraint(
            "joiner_id <> requester_id AND joiner_id <> approver_id", name="nobody_lets_themselves_in"
        ),
    )
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[Part] = mapped_column(words(Part, "part_known"))
    leaver_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    joiner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """None where nobody came in their place."""
    reason: Mapped[str] = mapped_column(sa.Text)
    requester_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    approver_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    changed_at: Mapped[datetime]


append_only(BoardChange)
