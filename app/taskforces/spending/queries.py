"""Reading the ledger: a project's entries and its balance, a cycle's pot, and what waits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Rows
from app.taskforces.projects.models import Project
from app.taskforces.spending.models import (
    Commitment,
    CostForecast,
    LedgerEntry,
    PotAccount,
    ProjectBalance,
    SpendingDocument,
    SpendingTerms,
)
from app.taskforces.spending.rules import ALONE_CENTS, COUNCIL_PERCENT, Balance, EntryKind, Pot

SIZE = 20


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One line of the ledger."""

    id: int
    number: int
    project_id: int | None
    project: str | None
    kind: EntryKind
    amount_cents: int
    on: date
    purpose: str
    counterparty: str | None
    commitment_id: int | None
    commitment_number: int | None
    document_id: int | None
    document: str | None
    document_is_public: bool | None
    agreement_id: int | None
    reverses_id: int | None
    is_reversed: bool


@dataclass(frozen=True, kw_only=True)
class Latest:
    """Some entries, newest first, and the number below which older ones begin, if there are any."""

    items: tuple[EntryRow, ...]
    before: int | None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a clerk pays alone, in cents, and above which percentage of a project the council decides."""

    alone_cents: int = ALONE_CENTS
    council_percent: int = COUNCIL_PERCENT


def entries(project_id: int, *, before: int | None = None, size: int = SIZE) -> Latest:
    """The entries of a project from the newest down, or from just below the number `before`.

    Not counted and not skipped over: a hundred thousand of them cost no more than twenty.
    """
    return _latest(LedgerEntry.project_id == project_id, before, size)


def entries_of_cycle(cycle_id: int, *, before: int | None = None, size: int = 50) -> Latest:
    """The same of a cycle's whole chain."""
    return _latest(LedgerEntry.cycle_id == cycle_id, before, size)


def _latest(whose: sa.ColumnElement[bool], before: int | None, size: int) -> Latest:
    query = _entries().where(whose).order_by(LedgerEntry.number.desc())
    if before is not None:
        query = query.where(LedgerEntry.number < before)
    found = [_row(cells) for cells in db.session.execute(query.limit(size + 1))]
    items = found[:size]
    return Latest(items=tuple(items), before=items[-1].number if len(found) > size else None)


def rows(*conditions: sa.ColumnElement[bool]) -> list[EntryRow]:
    """The entries of which all this is true, in the order they were made."""
    found = db.session.execute(_entries().where(*conditions).order_by(LedgerEntry.cycle_id, LedgerEntry.number))
    return [_row(cells) for cells in found]


def entry(entry_id: int) -> EntryRow:
    """One entry; NotFound where there is none."""
    found = db.session.execute(_entries().where(LedgerEntry.id == entry_id)).first()
    if found is None:
        raise NotFound
    return _row(found)


def balance_of(project_id: int) -> Balance:
    """What a project was given, has promised and has paid, as it is kept with its entries."""
    row = db.session.get(ProjectBalance, project_id)
    if row is None:
        return Balance()
    return Balance(
        allocated_cents=row.allocated_cents, committed_cents=row.committed_cents, spent_cents=row.spent_cents
    )


def pot_of(cycle_id: int) -> Pot | None:
    """A cycle's money, once a result has given some of it to projects."""
    row = db.session.get(PotAccount, cycle_id)
    if row is None:
        return None
    return Pot(
        pot_cents=row.pot_cents,
        external_cents=row.external_cents,
        held_cents=row.held_cents,
        allocated_cents=row.allocated_cents,
    )


def terms_of(cycle_id: int) -> Terms:
    """The terms of spending in a cycle."""
    row = db.session.get(SpendingTerms, cycle_id)
    return Terms() if row is None else Terms(alone_cents=row.alone_cents, council_percent=row.council_percent)


def expected_cents(project_id: int) -> int | None:
    """What a project was last said to cost, if that was ever said (domain rule 16)."""
    query = sa.select(CostForecast.expected_cents).where(CostForecast.project_id == project_id)
    return db.session.scalar(query.order_by(CostForecast.id.desc()).limit(1))


Reversal = aliased(LedgerEntry)
_COLUMNS = {
    "id": LedgerEntry.id,
    "number": LedgerEntry.number,
    "project_id": LedgerEntry.project_id,
    "project": Project.title,
    "kind": LedgerEntry.kind,
    "amount_cents": LedgerEntry.amount_cents,
    "on": LedgerEntry.on,
    "purpose": LedgerEntry.purpose,
    "counterparty": LedgerEntry.counterparty,
    "commitment_id": LedgerEntry.commitment_id,
    "commitment_number": Commitment.number,
    "document_id": SpendingDocument.id,
    "document": SpendingDocument.title,
    "document_is_public": SpendingDocument.is_public,
    "agreement_id": LedgerEntry.agreement_id,
    "reverses_id": LedgerEntry.reverses_id,
    "is_reversed": Reversal.id.is_not(None),
}


def _row(cells: sa.Row[Any]) -> EntryRow:
    return EntryRow(**dict(zip(_COLUMNS, cells, strict=True)))


def _entries() -> Rows:
    return (
        sa.select(*_COLUMNS.values())
        .outerjoin(Project, Project.id == LedgerEntry.project_id)
        .outerjoin(Commitment, Commitment.id == LedgerEntry.commitment_id)
        .outerjoin(
            SpendingDocument,
            sa.and_(SpendingDocument.id == LedgerEntry.document_id, SpendingDocument.digest.is_not(None)),
        )
        .outerjoin(Reversal, Reversal.reverses_id == LedgerEntry.id)
    )
