"""Letters of a cycle ordered together: which there are, which is frozen as which edition, and the file to print."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model


class LetterBatch(Model):
    """An order of all decision letters of a cycle; finished once all of them lie in one file for the printer."""

    __tablename__ = "letter_batch"
    __table_args__ = (
        sa.CheckConstraint("(finished_at IS NULL) = (file_hash IS NULL)", name="finished_with_a_file"),
        sa.CheckConstraint("size > 0", name="holds_something"),
        sa.Index(
            "uq_letter_batch_one_open",
            "cycle_id",
            unique=True,
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    requested_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    requested_at: Mapped[datetime]
    file_hash: Mapped[str | None] = mapped_column(sa.String(64))
    size: Mapped[int | None]
    """Of the file, in bytes."""
    finished_at: Mapped[datetime | None]
    letters: Mapped[list["BatchLetter"]] = relationship(order_by="BatchLetter.position", back_populates="batch")


class BatchLetter(Model):
    """One letter of an order; it has its edition from the moment its figures are frozen."""

    __tablename__ = "batch_letter"
    __table_args__ = (
        sa.UniqueConstraint("batch_id", "position"),
        sa.Index("ix_batch_letter_edition_id", "edition_id"),
    )
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("letter_batch.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True)
    position: Mapped[int]
    """Its place in the file; those who get no mail come first, for their letters go by post."""
    by_post: Mapped[bool]
    edition_id: Mapped[int | None] = mapped_column(sa.ForeignKey("edition.id"))
    batch: Mapped[LetterBatch] = relationship(back_populates="letters")
