"""The ledger: one insert-only table in a chain of hashes for each cycle, and the sums kept with it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, append_only, never_deleted, words
from app.cycles.models import Cycle
from app.taskforces.projects.models import Project
from app.taskforces.signing.models import Agreement
from app.taskforces.spending.rules import BELOW_ZERO, OF_A_COMMITMENT, OF_THE_POT, EntryKind


def _among(kinds: frozenset[EntryKind]) -> str:
    return "kind IN ({})".format(", ".join(f"'{kind.value}'" for kind in sorted(kinds)))


class PotAccount(Model):
    """A cycle's money added up, and the end of its chain; its row is held by whoever writes into the ledger."""

    __tablename__ = "pot_account"
    __table_args__ = (
        sa.CheckConstraint(
            "allocated_cents + held_cents <= pot_cents + external_cents", name="rule_9_allocations_within_pot"
        ),
        sa.CheckConstraint("held_cents >= 0", name="reserve_not_negative"),
    )
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"), primary_key=True, autoincrement=False)
    pot_cents: Mapped[int]
    external_cents: Mapped[int]
    held_cents: Mapped[int]
    allocated_cents: Mapped[int]
    entries: Mapped[int]
    """How many entries the chain has."""
    head_hash: Mapped[str] = mapped_column(sa.String(64))
    """The hash of the last one."""
    cycle: Mapped[Cycle] = relationship()


class ProjectBalance(Model):
    """A project's entries added up, kept in the transaction that makes them."""

    __tablename__ = "project_balance"
    __table_args__ = (
        sa.CheckConstraint(
            "committed_cents >= 0 AND committed_cents <= allocated_cents",
            name="rule_10_commitments_within_allocation",
        ),
        sa.CheckConstraint("spent_cents >= 0 AND spent_cents <= committed_cents", name="spent_within_commitments"),
    )
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), primary_key=True, autoincrement=False)
    allocated_cents: Mapped[int]
    committed_cents: Mapped[int]
    spent_cents: Mapped[int]


class SpendingDocument(Model):
    """A contract, an invoice, a decision: what stands behind a money fact (domain rule 15)."""

    __tablename__ = "spending_document"
    __table_args__ = (
        sa.CheckConstraint("(digest IS NULL) = (pages IS NULL)", name="measured_if_there"),
        sa.Index("ix_spending_document_project_id", "project_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    title: Mapped[str] = mapped_column(sa.String(160))
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    """The hash of its file; none for what was entered before documents were kept."""
    pages: Mapped[int | None]
    is_public: Mapped[bool]
    """Whether everybody may open it: it names no private person."""
    added_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    added_at: Mapped[datetime]
    project: Mapped[Project] = relationship()


class Commitment(Model):
    """A promise to pay somebody for something: the contract, and how much of it is paid."""

    __tablename__ = "commitment"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "number"),
        sa.CheckConstraint(
            "spent_cents >= 0 AND spent_cents <= amount_cents", name="rule_11_expenses_within_commitment"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    number: Mapped[int]
    counterparty: Mapped[str] = mapped_column(sa.String(160))
    """An organization by name, a private person by role (domain rule 15)."""
    purpose: Mapped[str] = mapped_column(sa.Text)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("spending_document.id"))
    amount_cents: Mapped[int]
    spent_cents: Mapped[int]
    made_on: Mapped[date]
    closed_on: Mapped[date | None]
    """From this day on nothing more is paid on it."""
    project: Mapped[Project] = relationship()
    document: Mapped[SpendingDocument] = relationship()


class LedgerEntry(Model):
    """A money fact of a cycle in cents; a correction is another entry (domain rule 12)."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "number"),
        sa.UniqueConstraint("reverses_id"),
        sa.CheckConstraint(
            f"(amount_cents < 0) = ({_among(BELOW_ZERO)}) OR kind = 'commit_change'", name="sign_of_kind"
        ),
        sa.CheckConstraint("amount_cents <> 0", name="amount_not_zero"),
        sa.CheckConstraint(f"(project_id IS NULL) = ({_among(OF_THE_POT)})", name="project_unless_of_the_pot"),
        sa.CheckConstraint(f"(commitment_id IS NOT NULL) = ({_among(OF_A_COMMITMENT)})", name="commitment_by_kind"),
        sa.CheckConstraint("reverses_id IS NULL OR kind = 'expense_reversal'", name="only_expenses_are_reversed"),
        sa.CheckConstraint("kind <> 'expense' OR document_id IS NOT NULL", name="rule_15_expense_with_a_document"),
        sa.Index("ix_ledger_entry_project_id_number", "project_id", "number"),
        sa.Index("ix_ledger_entry_commitment_id", "commitment_id"),
        sa.Index(
            "uq_ledger_entry_one_allocation",
            "project_id",
            unique=True,
            sqlite_where=sa.text("kind = 'allocate'"),
            postgresql_where=sa.text("kind = 'allocate'"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("pot_account.cycle_id"))
    number: Mapped[int]
    """Its place in the cycle's chain, from 1."""
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    commitment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("commitment.id"))
    kind: Mapped[EntryKind] = mapped_column(words(EntryKind, "kind_known"))
    amount_cents: Mapped[int]
    on: Mapped[date] = mapped_column("entry_on")
    purpose: Mapped[str] = mapped_column(sa.Text)
    counterparty: Mapped[str | None] = mapped_column(sa.String(160))
    reference: Mapped[str | None] = mapped_column(sa.String(60))
    """The number of the booking in the council's finance system, where one is known."""
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("spending_document.id"))
    agreement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"))
    reverses_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ledger_entry.id"))
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    entered_at: Mapped[datetime]
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))
    project: Mapped[Project | None] = relationship()
    commitment: Mapped[Commitment | None] = relationship()
    document: Mapped[SpendingDocument | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()


class SpendingTerms(Model):
    """What a cycle lets a clerk pay alone, and from which share on the council decides on moving money."""

    __tablename__ = "spending_terms"
    __table_args__ = (
        sa.CheckConstraint("alone_cents >= 0", name="alone_not_negative"),
        sa.CheckConstraint("council_percent BETWEEN 0 AND 100", name="percent_in_reach"),
    )
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"), primary_key=True, autoincrement=False)
    alone_cents: Mapped[int]
    council_percent: Mapped[int]
    set_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    set_at: Mapped[datetime]


class CostForecast(Model):
    """What a project is now expected to cost, said with its reason; the last one counts (domain rule 16)."""

    __tablename__ = "cost_forecast"
    __table_args__ = (
        sa.CheckConstraint("expected_cents >= 0", name="expected_not_negative"),
        sa.Index("ix_cost_forecast_project_id", "project_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    expected_cents: Mapped[int]
    explanation: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    said_at: Mapped[datetime]


append_only(LedgerEntry)
append_only(CostForecast)
never_deleted(Commitment)
never_deleted(PotAccount)
never_deleted(ProjectBalance)
never_deleted(SpendingDocument)
