"""Reports that somebody voted in another's place, and the leaves of envelopes that were voided for it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, append_only, fixed_bytes, words
from app.voting.disputes.rules import DisputeStage
from app.voting.models import RollEntry


class Dispute(Model):
    """Somebody on the roll, or a clerk for them, says that an envelope of theirs is not theirs; and the answer."""

    __tablename__ = "dispute"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "number"),
        sa.CheckConstraint(
            "(stage = 'reported') = (decided_at IS NULL) AND (stage = 'reported') = (answer IS NULL)",
            name="decided_with_answer",
        ),
        sa.CheckConstraint("due_at > reported_at", name="due_after_it_was_reported"),
        sa.Index("ix_dispute_roll_entry_id", "roll_entry_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    number: Mapped[int]
    roll_entry_id: Mapped[bytes] = mapped_column(sa.ForeignKey("roll_entry.id"))
    reporter_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    """The voter, or the clerk to whom they came."""
    at_desk: Mapped[bool]
    text: Mapped[str] = mapped_column(sa.Text)
    stage: Mapped[DisputeStage] = mapped_column(words(DisputeStage, "stage_known"))
    reported_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(sa.Text)
    decided_at: Mapped[datetime | None]
    entry: Mapped[RollEntry] = relationship()


class VoidedLeaf(Model):
    """The leaf of an envelope that was voided: it stays in the public log, and its ballot is gone unread. No time."""

    __tablename__ = "voided_leaf"
    __table_args__ = ({"sqlite_with_rowid": False},)
    leaf: Mapped[bytes] = mapped_column(fixed_bytes(32), primary_key=True)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"))


append_only(VoidedLeaf)
