"""The ledger: one insert-only table."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, append_only, words
from app.taskforces.projects.models import Project
from app.taskforces.spending.rules import EntryKind


class LedgerEntry(Model):
    """A money fact of a project in cents; a correction is another entry (domain rule 12)."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        sa.CheckConstraint("amount_cents <> 0", name="amount_not_zero"),
        sa.Index("ix_ledger_entry_project_id", "project_id"),
        sa.Index(
            "uq_ledger_entry_one_allocation",
            "project_id",
            unique=True,
            sqlite_where=sa.text("kind = 'allocate'"),
            postgresql_where=sa.text("kind = 'allocate'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    kind: Mapped[EntryKind] = mapped_column(words(EntryKind, "kind_known"))
    amount_cents: Mapped[int]
    on: Mapped[date] = mapped_column("entry_on")
    purpose: Mapped[str] = mapped_column(sa.Text)
    counterparty: Mapped[str | None] = mapped_column(sa.String(160))
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    entered_at: Mapped[datetime]
    project: Mapped[Project] = relationship()


append_only(LedgerEntry)
