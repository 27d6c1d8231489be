"""Reading tie-outs: the months of a cycle, one with its differences, and whether a period may be called final."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, Rows, page_of
from app.taskforces.spending.models import LedgerEntry
from app.taskforces.spending.rules import EntryKind
from app.taskforces.spending.tie_outs.models import TieOut, TieOutDifference
from app.taskforces.spending.tie_outs.rules import (
    DifferenceKind,
    Entry,
    Reason,
    after,
    month_of,
    months_until,
)

PAID = (EntryKind.EXPENSE, EntryKind.EXPENSE_REVERSAL)
SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What the ledger says was paid in a month, less what was taken back, and when the last of it was entered."""

    entries: int
    cents: int
    entered_at: datetime


@dataclass(frozen=True, kw_only=True)
class TieOutRow:
    """A month held against the council's books, and what is not explained of it."""

    id: int
    cycle_id: int
    month: date
    number: int
    file_hash: str
    file_name: str | None
    rows: int
    ledger_cents: int
    council_cents: int
    ledger_head: str
    by: str
    made_at: datetime
    differences: int
    unexplained: int
    unexplained_cents: int

    def is_outdated(self, paid: Paid | None) -> bool:
        """Whether something about the month was entered after it was compared; `paid`: the month as it is now."""
        if paid is None:
            return False
        return paid.entered_at > self.made_at or paid.cents != self.ledger_cents


@dataclass(frozen=True, kw_only=True)
class DifferenceRow:
    """A place where the two books of a month differ, and why if that is said."""

    tie_out_id: int
    month: date
    position: int
    kind: DifferenceKind
    reference: str | None
    entry_number: int | None
    ledger_cents: int
    council_cents: int
    reason: Reason | None
    explanation: str | None
    explained_by: str | None
    explained_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Reconciled:
    """Whether the money of a period can be called final (domain rule 17)."""

    unexplained_cents: int
    months_missing: tuple[date, ...]
    months_changed: tuple[date, ...]
    """Months about which something was entered after they were compared."""

    @property
    def is_final(self) -> bool:
        """Whether every month is held against the council's books as it is now and every difference is explained."""
        return not (self.unexplained_cents or self.months_missing or self.months_changed)


def of_cycle(cycle_id: int) -> list[TieOutRow]:
    """The tie-outs of a cycle that count, one for each month, newest first."""
    newest: dict[date, TieOutRow] = {}
    for row in _tie_outs(TieOut.cycle_id == cycle_id):
        newest.setdefault(row.month, row)
    return list(newest.values())


def tie_out(cycle_id: int, tie_out_id: int) -> TieOutRow:
    """One tie-out of this cycle; NotFound for any other."""
    found = _tie_outs(TieOut.cycle_id == cycle_id, TieOut.id == tie_out_id)
    if not found:
        raise NotFound
    return found[0]


def differences(tie_out_id: int, *, number: int = 1) -> Page[DifferenceRow]:
    """The differences of a tie-out, what is not explained first."""
    query = _differences().where(TieOutDifference.tie_out_id == tie_out_id)
    query = query.order_by(TieOutDifference.reason.is_not(None), TieOutDifference.position)
    return page_of(query, number=number, size=SIZE, row=_difference)


def differences_of(tie_out_ids: Collection[int], *, shown: int | None = None) -> tuple[DifferenceRow, ...]:
    """The differences of several months, what is not explained first, then the newest month; at most `shown`."""
    query = _differences().where(TieOutDifference.tie_out_id.in_(tie_out_ids))
    query = query.order_by(TieOutDifference.reason.is_not(None), TieOut.month.desc(), TieOutDifference.position)
    return tuple(_difference(*cells) for cells in db.session.execute(query.limit(shown)))


def difference(tie_out_id: int, position: int) -> DifferenceRow:
    """One of them; NotFound where there is none."""
    query = _differences().where(TieOutDifference.tie_out_id == tie_out_id, TieOutDifference.position == position)
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    return _difference(*found)


def paid_in(cycle_id: int, month: date) -> list[Entry]:
    """What the ledger says was paid in a month, and what of it was taken back."""
    query = sa.select(LedgerEntry.number, LedgerEntry.on, LedgerEntry.reference, LedgerEntry.amount_cents)
    query = query.where(
        LedgerEntry.cycle_id == cycle_id,
        LedgerEntry.kind.in_(PAID),
        LedgerEntry.on >= month,
        LedgerEntry.on < after(month),
    )
    return [
        Entry(number=number, on=on, reference=reference, amount_cents=cents)
        for number, on, reference, cents in db.session.execute(query.order_by(LedgerEntry.number))
    ]


def first_month(cycle_id: int) -> date:
    """The month of the earliest entry of a cycle's ledger; of the first possible day where there is none."""
    first = db.session.scalar(sa.select(sa.func.min(LedgerEntry.on)).where(LedgerEntry.cycle_id == cycle_id))
    return month_of(first or date.min)


def reconciled(cycle_id: int, first: date, last: date) -> Reconciled:
    """Whether the money of a cycle from `first` to `last` is final: months without a payment need no tie-out."""
    tied, paid = {row.month: row for row in of_cycle(cycle_id)}, paid_by_month(cycle_id)
    wanted = list(months_until(first, last))
    return Reconciled(
        unexplained_cents=sum(tied[month].unexplained_cents for month in wanted if month in tied),
        months_missing=tuple(month for month in wanted if month in paid and month not in tied),
        months_changed=tuple(month for month in wanted if month in tied and tied[month].is_outdated(paid.get(month))),
    )


def paid_by_month(cycle_id: int) -> dict[date, Paid]:
    """What was paid in each month of a cycle, by the first day of the month; months without a payment are left out."""
    cents = sa.cast(sa.func.sum(LedgerEntry.amount_cents), sa.BigInteger)
    query = sa.select(LedgerEntry.on, sa.func.count(), cents, sa.func.max(LedgerEntry.entered_at))
    query = query.where(LedgerEntry.cycle_id == cycle_id, LedgerEntry.kind.in_(PAID))
    found: dict[date, Paid] = {}
    for on, entries, sum_, entered_at in db.session.execute(query.group_by(LedgerEntry.on)):
        before = found.get(month_of(on), Paid(entries=0, cents=0, entered_at=entered_at))
        found[month_of(on)] = Paid(
            entries=before.entries + entries,
            cents=before.cents + sum_,
            entered_at=max(before.entered_at, entered_at),
        )
    return found


def _tie_outs(*conditions: sa.ColumnElement[bool]) -> list[TieOutRow]:
    query = (
        sa.select(TieOut, Person.public_name)
        .join(Person, Person.id == TieOut.by_id)
        .where(*conditions)
        .order_by(TieOut.month.desc(), TieOut.number.desc())
    )
    found = db.session.execute(query).all()
    open_ = _open([row.id for row, _by in found])
    return [
        TieOutRow(
            id=row.id,
            cycle_id=row.cycle_id,
            month=row.month,
            number=row.number,
            file_hash=row.file_hash,
            file_name=row.file_name,
            rows=row.rows,
            ledger_cents=row.ledger_cents,
            council_cents=row.council_cents,
            ledger_head=row.ledger_head,
            by=by,
            made_at=row.made_at,
            **open_.get(row.id, {"differences": 0, "unexplained": 0, "unexplained_cents": 0}),
        )
        for row, by in found
    ]


def _open(tie_out_ids: list[int]) -> Mapping[int, dict[str, int]]:
    """How many differences each has, and how much of them is not explained."""
    by_how_much = sa.func.abs(TieOutDifference.ledger_cents - TieOutDifference.council_cents)
    is_open = TieOutDifference.reason.is_(None)
    query = sa.select(
        TieOutDifference.tie_out_id,
        sa.func.count(),
        sa.func.sum(sa.case((is_open, 1), else_=0)),
        sa.func.sum(sa.case((is_open, by_how_much), else_=0)),
    ).where(TieOutDifference.tie_out_id.in_(tie_out_ids))
    return {
        key: {"differences": count, "unexplained": int(open_), "unexplained_cents": int(cents)}
        for key, count, open_, cents in db.session.execute(query.group_by(TieOutDifference.tie_out_id))
    }


def _difference(*cells: Any) -> DifferenceRow:
    return DifferenceRow(**dict(zip(DifferenceRow.__dataclass_fields__, cells, strict=True)))


def _differences() -> Rows:
    table = TieOutDifference
    said = (table.reason, table.explanation, Person.public_name, table.explained_at)
    return (
        sa.select(table.tie_out_id, TieOut.month, table.position, table.kind, table.reference, table.entry_number)
        .add_columns(table.ledger_cents, table.council_cents, *said)
        .join(TieOut, TieOut.id == table.tie_out_id)
        .outerjoin(Person, Person.id == table.explained_by_id)
    )
