"""Milestones as CSV: written so that the same file can be read again, and read row by row with a reason for each no."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.moments import YEARS
from app.core.tables import neutral
from app.taskforces.projects.promises.rules import MilestoneKind

NEEDED = ("title", "done_means", "promised_on")
READ = (*NEEDED, "kind", "lead", "depends_on")
DATES = ("promised_on", "expected_on", "done_on")
WRITTEN = ("number", "title", "kind", "lead", "done_means", "depends_on", *DATES, "stage")
MOST_ROWS = 200
LONGEST = {"title": 160, "done_means": 1000, "lead": 160}
LEAST_MEANING = 10


class FileFault(StrEnum):
    """Why a table is refused as a whole."""

    EMPTY = "empty"
    NOT_CSV = "not_csv"
    NO_HEADER = "no_header"
    STRANGE_COLUMN = "strange_column"
    TOO_MANY_ROWS = "too_many_rows"


class RowFault(StrEnum):
    """Why a row is not a milestone."""

    CELLS = "cells"
    NO_TITLE = "no_title"
    NO_MEANING = "no_meaning"
    TOO_LONG = "too_long"
    UNKNOWN_KIND = "unknown_kind"
    NOT_A_DATE = "not_a_date"
    IN_THE_PAST = "in_the_past"
    NEEDS_NO_EARLIER = "needs_no_earlier"


class BadFile(ValueError):
    """A table that cannot be read at all; `detail` says where."""

    def __init__(self, fault: FileFault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault, self.detail = fault, detail


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A row that can be a milestone; `needs` are numbers of earlier rows, from 1."""

    number: int
    title: str
    done_means: str
    kind: MilestoneKind
    lead: str | None
    needs: tuple[int, ...]
    promised_on: date


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A row that cannot, as it came, and every reason why."""

    number: int
    title: str
    faults: tuple[RowFault, ...]


def read(text: str, *, today: date) -> tuple[list[Planned], list[Refused]]:
    """The rows of a table that can be milestones, and those that cannot. Raises BadFile."""
    rows = _rows(text)
    if len(rows) > MOST_ROWS:
        raise BadFile(FileFault.TOO_MANY_ROWS, str(len(rows)))
    good: list[Planned] = []
    bad: list[Refused] = []
    for number, row in enumerate(rows, start=1):
        faults = tuple(_faults(row, number, today)) if row else (RowFault.CELLS,)
        if faults or row is None:
            bad.append(Refused(number=number, title=(row or {}).get("title", ""), faults=faults))
        else:
            good.append(_planned(row, number))
    return good, bad


def write(rows: Iterable[Mapping[str, str]]) -> str:
    """Milestones as CSV with one line of headings; no cell is taken for a formula by a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(WRITTEN)
    for row in rows:
        writer.writerow([neutral(row[column]) for column in WRITTEN])
    return out.getvalue()


def _rows(text: str) -> list[dict[str, str] | None]:
    """Each row by its columns; None where it has another number of cells than the headings."""
    try:
        lines = [cells for cells in csv.reader(io.StringIO(text.lstrip("\ufeff")), strict=True) if any(cells)]
    except csv.Error as reason:
        raise BadFile(FileFault.NOT_CSV, str(reason)) from reason
    if not lines:
        raise BadFile(FileFault.EMPTY)
    columns = [cell.strip().lower() for cell in lines[0]]
    missing = [column for column in NEEDED if column not in columns]
    if missing:
        raise BadFile(FileFault.NO_HEADER, ", ".join(missing))
    strange = [column for column in columns if column not in (*READ, *WRITTEN)]
    if strange or len(set(columns)) < len(columns):
        raise BadFile(FileFault.STRANGE_COLUMN, ", ".join(strange))
    return [_row(columns, cells) for cells in lines[1:]]


def _row(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str] | None:
    if len(cells) != len(columns):
        return None
    return {column: " ".join(cell.split()) for column, cell in zip(columns, cells, strict=True)}


def _faults(row: Mapping[str, str], number: int, today: date) -> Iterable[RowFault]:
    if not row["title"]:
        yield RowFault.NO_TITLE
    if len(row["done_means"]) < LEAST_MEANING:
        yield RowFault.NO_MEANING
    if any(len(row.get(column, "")) > most for column, most in LONGEST.items()):
        yield RowFault.TOO_LONG
    if row.get("kind") and row["kind"] not in list(MilestoneKind):
        yield RowFault.UNKNOWN_KIND
    day = _day(row["promised_on"])
    if day is None:
        yield RowFault.NOT_A_DATE
    elif day < today:
        yield RowFault.IN_THE_PAST
    needs = _needs(row)
    if needs is None or any(not 1 <= each < number for each in needs):
        yield RowFault.NEEDS_NO_EARLIER


def _planned(row: Mapping[str, str], number: int) -> Planned:
    day, needs = _day(row["promised_on"]), _needs(row)
    assert day is not None and needs is not None  # a row without faults
    return Planned(
        number=number,
        title=row["title"],
        done_means=row["done_means"],
        kind=MilestoneKind(row.get("kind") or MilestoneKind.DELIVERY),
        lead=row.get("lead") or None,
        needs=needs,
        promised_on=day,
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None
    return day if day is not None and day.year in YEARS else None


def _needs(row: Mapping[str, str]) -> tuple[int, ...] | None:
    parts = [part.strip() for part in row.get("depends_on", "").split(";") if part.strip()]
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        return None
    return tuple(sorted({int(part) for part in parts}))
