"""Reports of proposals and their parts, and what was hidden and shown again."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, never_deleted, words
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.hiding.rules import Ending, Part
from app.proposals.models import Proposal

STANDS = sa.text("shown_at IS NULL")


class PartReport(Model):
    """Somebody asks the office to look at a proposal, a file or an older text of it; one a person and part."""

    __tablename__ = "part_report"
    __table_args__ = (
        sa.UniqueConstraint("proposal_id", "part", "part_id", "person_id"),
        sa.CheckConstraint(
            "(ending IS NULL) = (settled_at IS NULL) AND (ending IS NULL) = (settled_by_id IS NULL)",
            name="settled_by_somebody",
        ),
        sa.Index("ix_part_report_ending", "ending"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    part: Mapped[Part] = mapped_column(words(Part, "part_known"))
    part_id: Mapped[int]
    """The id of a file or the number of a text; 0 for the whole. A file may go, so nothing else hangs on it."""
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    """Who reported it; neither the office nor the author is told."""
    concern: Mapped[Concern] = mapped_column(words(Concern, "concern_known"))
    note: Mapped[str] = mapped_column(sa.Text)
    reported_at: Mapped[datetime]
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class Hiding(Model):
    """A part of a proposal that the office hid, and why it was shown again if it was. What was hidden stays kept.

    A comment that is hidden says so in its own row; here it stands once it is shown again.
    """

    __tablename__ = "hiding"
    __table_args__ = (
        sa.CheckConstraint(
            "(shown_at IS NULL) = (shown_by_id IS NULL) AND (shown_at IS NULL) = (shown_reason IS NULL)",
            name="shown_with_reason",
        ),
        sa.CheckConstraint("length(trim(reason)) > 0", name="hidden_with_reason"),
        sa.Index(
            "ix_hiding_stands",
            "proposal_id",
            "part",
            "part_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    part: Mapped[Part] = mapped_column(words(Part, "part_known"))
    part_id: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text)
    hidden_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    hidden_at: Mapped[datetime]
    shown_reason: Mapped[str | None] = mapped_column(sa.Text)
    shown_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    shown_at: Mapped[datetime | None]
    proposal: Mapped[Proposal] = relationship()
    hidden_by: Mapped[Person] = relationship(foreign_keys=[hidden_by_id])
    shown_by: Mapped[Person | None] = relationship(foreign_keys=[shown_by_id])


never_deleted(PartReport)
never_deleted(Hiding)
