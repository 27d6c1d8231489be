"""Reading an export of the council's finance system, and holding the ledger against it (domain rule 17)."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.money import LARGEST_CENTS, NotMoney, parse_cents
from app.core.tables import NoHeader, named

COLUMNS = ("booked_on", "reference", "amount")
MOST_ROWS = 20_000
MOST_BYTES = 5_000_000
LONGEST_REFERENCE = 60
LONGEST_NAME = 120
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class FileFault(StrEnum):
    """Why a file is refused as a whole."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    NOT_CSV = "not_csv"
    NO_HEADER = "no_header"
    TOO_MANY_ROWS = "too_many_rows"


class RowFault(StrEnum):
    """Why a row cannot be read."""

    CELLS = "cells"
    NO_REFERENCE = "no_reference"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    OTHER_MONTH = "other_month"
    NOT_AN_AMOUNT = "not_an_amount"


class DifferenceKind(StrEnum):
    """How the two books differ."""

    AMOUNT = "amount"
    ONLY_COUNCIL = "only_council"
    ONLY_LEDGER = "only_ledger"


class Reason(StrEnum):
    """Why they differ, as the clerk says."""

    LATER = "later"
    COUNCIL_ERROR = "council_error"
    OUR_ERROR = "our_error"
    OTHER_BUDGET = "other_budget"
    OTHER = "other"


class BadFile(ValueError):
    """The file cannot be read at all; `fault` says why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class Row:
    """A booking of the council: when, under which number, how much in cents (below zero: it came back)."""

    line: int
    booked_on: date
    reference: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """A row that cannot be read: its line in the file, all that is wrong with it, and its cells."""

    line: int
    faults: tuple[RowFault, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A payment in the ledger, or one taken back."""

    number: int
    on: date
    reference: str | None
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A place where the two books differ: a booking number, or an entry of ours that has none."""

    kind: DifferenceKind
    reference: str | None
    entry_number: int | None
    ledger_cents: int
    council_cents: int

    @property
    def cents(self) -> int:
        """By how much they differ."""
        return abs(self.ledger_cents - self.council_cents)


def rows_of(content: bytes, month: date) -> tuple[list[Row], list[Wrong]]:
    """The rows of an export for the month that begins on `month`, and those that cannot be read. Raises BadFile."""
    good, wrong, lines = [], [], 0
    for line, cells in _cells(content):
        lines += 1
        if lines > MOST_ROWS:
            raise BadFile(FileFault.TOO_MANY_ROWS)
        row = _row(line, cells, month)
        if isinstance(row, Row):
            good.append(row)
        else:
            wrong.append(row)
    if not lines:
        raise BadFile(FileFault.EMPTY)
    return good, wrong


def differences(entries: Iterable[Entry], rows: Iterable[Row]) -> list[Difference]:
    """Where a month of the ledger and of the council's books differ.

    Booked under the same number, only the sums are compared. An entry of ours without a number belongs to a booking of
    the same day and amount that nothing else belongs to, if there is one.
    """
    ours: dict[str, int] = defaultdict(int)
    theirs: dict[str, int] = defaultdict(int)
    nameless = []
    for entry in entries:
        if entry.reference is None:
            nameless.append(entry)
        else:
            ours[entry.reference] += entry.amount_cents
    rows = list(rows)
    for row in rows:
        theirs[row.reference] += row.amount_cents
    taken, left = _paired(nameless, [row for row in rows if row.reference not in ours])
    named = sorted((ours.keys() | theirs.keys()) - taken)
    found = [_difference(name, ours.get(name), theirs.get(name)) for name in named]
    return [each for each in found if each is not None] + [_only_ours(entry) for entry in left]


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def after(month: date) -> date:
    """The first day of the month after it."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_until(first: date, last: date) -> Iterator[date]:
    """The months from that of `first` to that of `last`."""
    month = month_of(first)
    while month <= last:
        yield month
        month = after(month)


def _paired(nameless: Sequence[Entry], rows: Sequence[Row]) -> tuple[set[str], list[Entry]]:
    free: dict[tuple[date, int], list[str]] = defaultdict(list)
    for row in rows:
        free[row.booked_on, row.amount_cents].append(row.reference)
    taken, left = set(), []
    for entry in nameless:
        there = free[entry.on, entry.amount_cents]
        if there:
            taken.add(there.pop(0))
        else:
            left.append(entry)
    return taken, left


def _difference(reference: str, ours: int | None, theirs: int | None) -> Difference | None:
    if ours == theirs:
        return None
    kind = DifferenceKind.AMOUNT
    if ours is None:
        kind = DifferenceKind.ONLY_COUNCIL
    elif theirs is None:
        kind = DifferenceKind.ONLY_LEDGER
    return Difference(
        kind=kind, reference=reference, entry_number=None, ledger_cents=ours or 0, council_cents=theirs or 0
    )


def _only_ours(entry: Entry) -> Difference:
    return Difference(
        kind=DifferenceKind.ONLY_LEDGER,
        reference=None,
        entry_number=entry.number,
        ledger_cents=entry.amount_cents,
        council_cents=0,
    )


def _cells(content: bytes) -> Iterator[tuple[int, dict[str, str] | list[str]]]:
    if len(content) > MOST_BYTES:
        raise BadFile(FileFault.TOO_LARGE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise BadFile(FileFault.NOT_UTF8) from reason
    try:
        yield from named(text, COLUMNS)
    except NoHeader as reason:
        raise BadFile(FileFault.NO_HEADER) from reason
    except csv.Error as reason:
        raise BadFile(FileFault.NOT_CSV) from reason


def _row(line: int, cells: dict[str, str] | list[str], month: date) -> Row | Wrong:
    if isinstance(cells, list):
        return Wrong(line=line, faults=(RowFault.CELLS,), cells=tuple(cells))
    booked_on, cents = _day(cells["booked_on"]), _cents(cells["amount"])
    reference = " ".join(cells["reference"].split())
    faults = []
    if not reference:
        faults.append(RowFault.NO_REFERENCE)
    if len(reference) > LONGEST_REFERENCE:
        faults.append(RowFault.TOO_LONG)
    if booked_on is None:
        faults.append(RowFault.NOT_A_DATE)
    elif month_of(booked_on) != month:
        faults.append(RowFault.OTHER_MONTH)
    if cents is None:
        faults.append(RowFault.NOT_AN_AMOUNT)
    if faults or booked_on is None or cents is None:
        shown = tuple(cells[name] for name in COLUMNS)
        return Wrong(line=line, faults=tuple(faults), cells=shown)
    return Row(line=line, booked_on=booked_on, reference=reference, amount_cents=cents)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if A_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _cents(text: str) -> int | None:
    sign, bare = (-1, text[1:]) if text.startswith(("-", "\N{MINUS SIGN}")) else (1, text)
    try:
        cents = sign * parse_cents(bare)
    except NotMoney:
        return None
    return cents if 0 < abs(cents) <= LARGEST_CENTS else None
