"""Reading a task force's money for its report: a row for each project, their sum, and whether the books agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.core.db import db
from app.reports.rules import Period
from app.taskforces.projects.queries import ProjectCard
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.models import LedgerEntry
from app.taskforces.spending.reconciliation.rules import AFTER_THE_VOTE
from app.taskforces.spending.rules import EntryKind
from app.taskforces.spending.tie_outs import queries as tie_outs
from app.taskforces.spending.tie_outs.queries import PAID, Reconciled


@dataclass(frozen=True, kw_only=True)
class MoneyLine:
    """A project's money in cents; `quarter_cents` is what was paid in the quarter, less what came back.

    `expected_cents` is what it was last said to cost in all, None where nobody has said.
    """

    code: str
    title: str
    given_cents: int
    changed_cents: int
    allocated_cents: int
    committed_cents: int
    left_cents: int
    spent_cents: int
    quarter_cents: int
    expected_cents: int | None
    over_cents: int | None


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """An entry that changed what a project has after the vote: which, on which day, by how much, and why."""

    project_code: str
    project: str
    kind: EntryKind
    changed_on: date
    amount_cents: int
    why: str


@dataclass(frozen=True, kw_only=True)
class MonthLine:
    """A month that was not held against the council's books, or changed since it was."""

    month_on: date


@dataclass(frozen=True, kw_only=True)
class OpenLine:
    """What does not agree with the council's books yet: a sum nobody has explained, and months."""

    unexplained_cents: int
    months_missing: tuple[MonthLine, ...]
    months_changed: tuple[MonthLine, ...]


@dataclass(frozen=True, kw_only=True)
class BooksLine:
    """Whether the books of a cycle agree: with themselves, and in the quarter with the council's (domain rule 17).

    `since` is what is still open of the months after the quarter, whose payments are in the sums, too; None of none.
    """

    cycle: str
    entries: int
    head: str
    sums_hold: bool
    unexplained_cents: int
    months_missing: tuple[MonthLine, ...]
    months_changed: tuple[MonthLine, ...]
    is_final: bool
    since: OpenLine | None


@dataclass(frozen=True, kw_only=True)
class Money:
    """The money of a task force: its projects, all of them together, and the books they stand in."""

    rows: tuple[MoneyLine, ...]
    total: MoneyLine
    books: tuple[BooksLine, ...]
    changes: tuple[ChangeLine, ...]

    @property
    def is_final(self) -> bool:
        """Whether every book agrees."""
        return all(each.is_final and each.sums_hold for each in self.books)


def money(cards: Sequence[ProjectCard], period: Period, on: date) -> Money:
    """The money of these projects as it stands, with the sums added up again from the ledger."""
    paid = _paid([card.id for card in cards], period)
    rows = tuple(_line(card, paid.get(card.id, 0)) for card in cards)
    cycles = {card.cycle_id: card.cycle_name for card in cards if card.allocated_cents}
    books = tuple(_books(cycle_id, name, period, on) for cycle_id, name in sorted(cycles.items()))
    return Money(rows=rows, total=_total(rows), books=books, changes=_changes(cards))


def _line(card: ProjectCard, quarter_cents: int) -> MoneyLine:
    expected = ledger.expected_cents(card.id)
    return MoneyLine(
        code=card.code,
        title=card.title,
        given_cents=card.given_cents,
        changed_cents=card.allocated_cents - card.given_cents,
        allocated_cents=card.allocated_cents,
        committed_cents=card.committed_cents,
        left_cents=card.allocated_cents - card.committed_cents,
        spent_cents=card.spent_cents,
        quarter_cents=quarter_cents,
        expected_cents=expected,
        over_cents=None if expected is None else expected - card.allocated_cents,
    )


def _total(rows: Sequence[MoneyLine]) -> MoneyLine:
    names = "given changed allocated committed left spent quarter".split()
    said = all(row.expected_cents is not None for row in rows) and bool(rows)
    return MoneyLine(
        code="",
        title="",
        **{f"{name}_cents": sum(getattr(row, f"{name}_cents") for row in rows) for name in names},
        expected_cents=sum(row.expected_cents or 0 for row in rows) if said else None,
        over_cents=sum(row.over_cents or 0 for row in rows) if said else None,
    )


def _changes(cards: Sequence[ProjectCard]) -> tuple[ChangeLine, ...]:
    by_id = {card.id: card for card in cards}
    query = (
        sa.select(LedgerEntry)
        .where(LedgerEntry.project_id.in_(by_id), LedgerEntry.kind.in_(AFTER_THE_VOTE))
        .order_by(LedgerEntry.on, LedgerEntry.id)
    )
    return tuple(
        ChangeLine(
            project_code=by_id[row.project_id].code,
            project=by_id[row.project_id].title,
            kind=row.kind,
            changed_on=row.on,
            amount_cents=row.amount_cents,
            why=row.purpose,
        )
        for row in db.session.scalars(query)
        if row.project_id is not None
    )


def _paid(project_ids: Sequence[int], period: Period) -> dict[int, int]:
    cents = sa.cast(sa.func.sum(LedgerEntry.amount_cents), sa.BigInteger)
    query = (
        sa.select(LedgerEntry.project_id, cents)
        .where(LedgerEntry.project_id.in_(project_ids), LedgerEntry.kind.in_(PAID))
        .where(LedgerEntry.on >= period.first_on, LedgerEntry.on <= period.last_on)
        .group_by(LedgerEntry.project_id)
    )
    return {project_id: paid for project_id, paid in db.session.execute(query) if project_id is not None}


def _books(cycle_id: int, name: str, period: Period, on: date) -> BooksLine:
    checked = chain.checked(cycle_id, last=1)
    tied = tie_outs.reconciled(cycle_id, period.first_on, min(period.last_on, on))
    return BooksLine(
        cycle=name,
        entries=checked.entries,
        head=checked.head,
        sums_hold=checked.holds,
        **vars(_open(tied)),
        is_final=tied.is_final,
        since=_since(cycle_id, period.last_on + timedelta(days=1), on),
    )


def _since(cycle_id: int, first_on: date, on: date) -> OpenLine | None:
    if on < first_on:
        return None
    tied = tie_outs.reconciled(cycle_id, first_on, on)
    return None if tied.is_final else _open(tied)


def _open(tied: Reconciled) -> OpenLine:
    return OpenLine(
        unexplained_cents=tied.unexplained_cents,
        months_missing=tuple(MonthLine(month_on=month) for month in tied.months_missing),
        months_changed=tuple(MonthLine(month_on=month) for month in tied.months_changed),
    )
