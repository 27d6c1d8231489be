"""A month of the ledger held against the council's books, and the differences found and explained."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, never_deleted, words
from app.taskforces.spending.models import PotAccount
from app.taskforces.spending.tie_outs.rules import DifferenceKind, Reason


class TieOut(Model):
    """One export of a month, held against the ledger as it stood then; a later one takes its place."""

    __tablename__ = "tie_out"
    __table_args__ = (sa.UniqueConstraint("cycle_id", "month_on", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("pot_account.cycle_id"))
    month: Mapped[date] = mapped_column("month_on")
    """Its first day."""
    number: Mapped[int]
    """From 1, for each month anew."""
    file_hash: Mapped[str] = mapped_column(sa.String(64))
    file_name: Mapped[str | None] = mapped_column(sa.String(120))
    """What the export was called; none where nothing was booked, and for months compared before names were kept."""
    rows: Mapped[int]
    ledger_cents: Mapped[int]
    council_cents: Mapped[int]
    ledger_head: Mapped[str] = mapped_column(sa.String(64))
    """The hash of the last entry of the ledger at that moment."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    account: Mapped[PotAccount] = relationship()
    by: Mapped[Person] = relationship()


class TieOutDifference(Model):
    """A place where the two books differ, and once somebody has looked, why."""

    __tablename__ = "tie_out_difference"
    __table_args__ = (
        sa.CheckConstraint("(reference IS NULL) = (entry_number IS NOT NULL)", name="by_reference_or_entry"),
        sa.CheckConstraint("ledger_cents <> council_cents", name="differs"),
        sa.CheckConstraint(
            "(reason IS NULL) = (explanation IS NULL) AND (reason IS NULL) = (explained_by_id IS NULL)"
            " AND (reason IS NULL) = (explained_at IS NULL)",
            name="explained_whole",
        ),
    )
    tie_out_id: Mapped[int] = mapped_column(sa.ForeignKey("tie_out.id"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[DifferenceKind] = mapped_column(words(DifferenceKind, "kind_known"))
    reference: Mapped[str | None] = mapped_column(sa.String(60))
    entry_number: Mapped[int | None]
    ledger_cents: Mapped[int]
    council_cents: Mapped[int]
    reason: Mapped[Reason | None] = mapped_column(words(Reason, "reason_known"))
    explanation: Mapped[str | None] = mapped_column(sa.Text)
    explained_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    explained_at: Mapped[datetime | None]
    tie_out: Mapped[TieOut] = relationship()


append_only(TieOut)
never_deleted(TieOutDifference)
