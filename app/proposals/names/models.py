"""Words about somebody else that are kept back or removed, and who has read them since."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, never_deleted, words
from app.proposals.models import Proposal
from app.proposals.names.rules import Ending, Kind


class WithheldWords(Model):
    """Words of a proposal in whose place a mark stands, until an officer has looked or for good; never deleted."""

    __tablename__ = "withheld_words"
    __table_args__ = (
        sa.UniqueConstraint("proposal_id", "number"),
        sa.CheckConstraint(
            "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
            name="ended_by_somebody",
        ),
        sa.CheckConstraint(
            "ending IS NULL OR ending <> 'removed' OR (reason IS NOT NULL AND length(trim(reason)) > 0)",
            name="removed_with_reason",
        ),
        sa.CheckConstraint("length(trim(words)) > 0", name="has_words"),
        sa.Index("ix_withheld_words_ending", "ending"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    number: Mapped[int]
    """From 1 within the proposal; it stands in the mark."""
    kind: Mapped[Kind] = mapped_column(words(Kind, "kind_known"))
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    words: Mapped[str] = mapped_column(sa.Text)
    mark: Mapped[str] = mapped_column(sa.String(60))
    """What stands in their place now."""
    note: Mapped[str] = mapped_column(sa.Text)
    """What the proposer says to the office about them; may be empty."""
    held_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    proposal: Mapped[Proposal] = relationship()
    ended_by: Mapped[Person | None] = relationship()


class OriginalReading(Model):
    """Somebody who watches the office has read words that were removed: who, when and what for."""

    __tablename__ = "original_reading"
    __table_args__ = (
        sa.CheckConstraint("length(trim(purpose)) > 0", name="has_purpose"),
        sa.Index("ix_original_reading_withheld_id", "withheld_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    withheld_id: Mapped[int] = mapped_column(sa.ForeignKey("withheld_words.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(sa.Text)
    read_at: Mapped[datetime]
    withheld: Mapped[WithheldWords] = relationship()
    person: Mapped[Person] = relationship()


never_deleted(WithheldWords)
append_only(OriginalReading)
