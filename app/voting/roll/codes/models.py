"""Batches of postal codes, the codes as hashes, and the visit of somebody who has typed one in."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, fixed_bytes, words
from app.voting.roll.codes.rules import BatchStage, Purpose


class CodeBatch(Model):
    """Cards printed at one time; the printed sheets exist, encrypted, only until they are downloaded once."""

    __tablename__ = "code_batch"
    __table_args__ = (sa.CheckConstraint("(stage = 'ready') = (sheet IS NOT NULL)", name="sheet_gone_once_taken"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    purpose: Mapped[Purpose] = mapped_column(words(Purpose, "purpose_known"))
    stage: Mapped[BatchStage] = mapped_column(words(BatchStage, "batch_stage_known"))
    languages: Mapped[list[str]] = mapped_column(sa.JSON)
    is_large: Mapped[bool]
    """Large print: four cards on a page instead of ten."""
    cards: Mapped[int]
    sheet: Mapped[str | None] = mapped_column(sa.String(64))
    """SHA-256 of the encrypted file; its key lies in a file of its own."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]


class PostalCode(Model):
    """A code, known only by its keyed hash. No time of its use, and no way from it to a ballot that is counted."""

    __tablename__ = "postal_code"
    __table_args__ = (
        sa.CheckConstraint("(listing_id IS NULL) <> (residence_id IS NULL)", name="for_one_line_or_one_residence"),
        sa.Index("ix_postal_code_batch_id", "batch_id"),
        sa.Index("ix_postal_code_listing_id", "listing_id"),
        {"sqlite_with_rowid": False},
    )
    hash: Mapped[bytes] = mapped_column(fixed_bytes(32), primary_key=True)
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("code_batch.id"))
    listing_id: Mapped[bytes | None] = mapped_column(sa.ForeignKey("listing.id"))
    residence_id: Mapped[int | None] = mapped_column(sa.ForeignKey("residence.id"))
    used: Mapped[bool]


class CodeVisit(Model):
    """A browser in which a voting code was typed, until it has cast, goes away or stays idle; then the row is gone."""

    __tablename__ = "code_visit"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key_hash: Mapped[bytes] = mapped_column(fixed_bytes(32), primary_key=True)
    roll_entry_id: Mapped[bytes] = mapped_column(sa.ForeignKey("roll_entry.id"))
    at_station: Mapped[bool]
    has_cast: Mapped[bool]
    ends_at: Mapped[datetime]
