"""Editions of reports: a frozen snapshot with its hash, and the file made from it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, words
from app.cycles.models import Cycle
from app.reports.rules import EditionStage, ReportKind


class Edition(Model):
    """One issue of a report in one language. Snapshot and data hash never change; a correction is a new edition."""

    __tablename__ = "edition"
    __table_args__ = (
        sa.UniqueConstraint("kind", "cycle_id", "language", "number"),
        sa.CheckConstraint("(stage = 'published') = (file_hash IS NOT NULL)", name="published_has_a_file"),
        sa.CheckConstraint("(stage = 'published') = (published_at IS NOT NULL)", name="published_at_a_time"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ReportKind] = mapped_column(words(ReportKind, "kind_known"))
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    language: Mapped[str] = mapped_column(sa.String(12))
    number: Mapped[int]
    stage: Mapped[EditionStage] = mapped_column(words(EditionStage, "stage_known"))
    snapshot: Mapped[str] = mapped_column(sa.Text)
    """Canonical JSON: everything the report prints."""
    data_hash: Mapped[str] = mapped_column(sa.String(64))
    file_hash: Mapped[str | None] = mapped_column(sa.String(64))
    requested_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    requested_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cycle: Mapped[Cycle] = relationship()
