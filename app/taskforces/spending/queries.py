"""Reading the ledger: a project's entries and its balance."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.db import db
from app.taskforces.spending.models import LedgerEntry
from app.taskforces.spending.rules import Balance, EntryKind, balance


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """One line of the ledger."""

    id: int
    kind: EntryKind
    amount_cents: int
    on: date
    purpose: str
    counterparty: str | None


def entries(project_id: int) -> list[EntryRow]:
    """A project's entries in the order they were made."""
    columns = LedgerEntry.__table__.c
    query = sa.select(
        columns.id, columns.kind, columns.amount_cents, columns.entry_on, columns.purpose, columns.counterparty
    )
    found = db.session.execute(query.where(columns.project_id == project_id).order_by(columns.id))
    return [
        EntryRow(id=i, kind=kind, amount_cents=amount, on=on, purpose=purpose, counterparty=counterparty)
        for i, kind, amount, on, purpose, counterparty in found
    ]


def balance_of(project_id: int) -> Balance:
    """What a project was given, has promised and has paid, added up from its entries."""
    query = sa.select(LedgerEntry.kind, LedgerEntry.amount_cents).where(LedgerEntry.project_id == project_id)
    return balance((kind, amount) for kind, amount in db.session.execute(query))
