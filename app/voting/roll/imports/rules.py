"""Reading a list from CSV and sorting its rows: which go on the roll, and why others do not."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.voting.roll.rules import RollRule, WhyNot, address_key, may_be_one, name_key, tidy, why_not_of_age

MOST_ROWS = 200_000
MOST_BYTES = 20_000_000
COLUMNS = ("reference", "name", "address", "born_on", "area", "email")
NEEDED = COLUMNS[:3]
LONGEST = {"reference": 60, "name": 120, "address": 300, "area": 120, "email": 254}
A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
AN_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s.]{1,63}(\.[^@\s.]{1,63}){1,5}")


class ImportStage(StrEnum):
    """Where an imported list is."""

    PREVIEWED = "previewed"
    CONFIRMED = "confirmed"
    UNDONE = "undone"


class FileFault(StrEnum):
    """Why a file is refused as a whole."""

    EMPTY = "empty"
    NOT_UTF8 = "not_utf8"
    NOT_CSV = "not_csv"
    NO_HEADER = "no_header"
    STRANGE_COLUMN = "strange_column"
    COLUMN_TWICE = "column_twice"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_LARGE = "too_large"


class RowFault(StrEnum):
    """Why a row does not go on the roll."""

    CELLS = "cells"
    NO_REFERENCE = "no_reference"
    NO_NAME = "no_name"
    NO_ADDRESS = "no_address"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    UNKNOWN_AREA = "unknown_area"
    NOT_AN_EMAIL = "not_an_email"
    NO_BIRTH_DATE = "no_birth_date"
    TOO_YOUNG = "too_young"
    TWICE_IN_FILE = "twice_in_file"
    ON_THE_ROLL = "on_the_roll"


class BadFile(ValueError):
    """The file cannot be read as a list; `fault` says why and `detail` where."""

    def __init__(self, fault: FileFault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault, self.detail = fault, detail


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row that can go on the roll, with the keys it is compared by."""

    line: int
    reference: str
    name: str
    address: str
    born_on: date | None
    area: str
    email: str | None
    name_key: str
    address_key: str


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """A row that was turned away, as it came, and why."""

    line: int
    faults: tuple[RowFault, ...]
    cells: tuple[str, ...]


@dataclass(kw_only=True)
class Known:
    """Who is on the roll already: references, and birth dates by name and address."""

    references: set[str] = field(default_factory=set)
    people: dict[tuple[str, str], list[date | None]] = field(default_factory=dict)

    def has(self, entry: Entry) -> bool:
        """Whether this line, or somebody it may well be, is among them."""
        births = self.people.get((entry.name_key, entry.address_key), ())
        return entry.reference in self.references or any(may_be_one(entry.born_on, birth) for birth in births)

    def add(self, entry: Entry) -> None:
        """Know this line from now on."""
        self.references.add(entry.reference)
        self.people.setdefault((entry.name_key, entry.address_key), []).append(entry.born_on)


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """A file taken apart: the rows for the roll, and those turned away."""

    entries: tuple[Entry, ...]
    rejected: tuple[Rejected, ...]


def rows_of(content: bytes) -> list[tuple[int, dict[str, str] | None, list[str]]]:
    """Each row as (line, cells by column or None where their number is wrong, cells as they came). Raises BadFile."""
    if len(content) > MOST_BYTES:
        raise BadFile(FileFault.TOO_LARGE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        line = content[: reason.start].count(b"\n") + 1
        raise BadFile(FileFault.NOT_UTF8, str(line)) from reason
    try:
        return list(_rows(text))
    except csv.Error as reason:
        raise BadFile(FileFault.NOT_CSV, str(reason)) from reason


def sorted_out(
    content: bytes, *, rule: RollRule, areas: Mapping[str, int], on_roll: Known, today: date
) -> Sorted:
    """Every row with all that speaks against it; `areas` by name as `name_key` writes it. Raises BadFile."""
    in_file, entries, rejected = Known(), [], []
    for line, cells, raw in rows_of(content):
        if cells is None:
            rejected.append(Rejected(line=line, faults=(RowFault.CELLS,), cells=tuple(raw)))
            continue
        entry, faults = _entry(line, cells, rule, areas, today)
        if entry is not None:
            faults += [RowFault.TWICE_IN_FILE] if in_file.has(entry) else []
            faults += [RowFault.ON_THE_ROLL] if on_roll.has(entry) else []
        if entry is None or faults:
            as_printed = tuple(cells.get(column, "") for column in COLUMNS)
            rejected.append(Rejected(line=line, faults=tuple(faults), cells=as_printed))
            continue
        in_file.add(entry)
        entries.append(entry)
    return Sorted(entries=tuple(entries), rejected=tuple(rejected))


def _rows(text: str) -> Iterator[tuple[int, dict[str, str] | None, list[str]]]:
    head = text.lstrip("\r\n").split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(head), strict=True)
    columns: list[str] | None = None
    count = 0
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _columns(cells)
            continue
        count += 1
        if count > MOST_ROWS:
            raise BadFile(FileFault.TOO_MANY_ROWS)
        fits = len(cells) == len(columns)
        yield reader.line_num, dict(zip(columns, map(tidy, cells), strict=True)) if fits else None, cells
    if columns is None or count == 0:
        raise BadFile(FileFault.EMPTY)


def _delimiter(head: str) -> str:
    return max((",", ";", "\t"), key=head.count)


def _columns(cells: Sequence[str]) -> list[str]:
    names = [tidy(cell).casefold().replace(" ", "_") for cell in cells]
    strange = [name for name in names if name not in COLUMNS]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise BadFile(FileFault.NO_HEADER, ", ".join(missing))
    if strange:
        raise BadFile(FileFault.STRANGE_COLUMN, ", ".join(name or "–" for name in strange)[:200])
    if len(set(names)) != len(names):
        raise BadFile(FileFault.COLUMN_TWICE)
    return names


def _entry(
    line: int, cells: Mapping[str, str], rule: RollRule, areas: Mapping[str, int], today: date
) -> tuple[Entry | None, list[RowFault]]:
    faults = [
        fault
        for column, fault in zip(NEEDED, (RowFault.NO_REFERENCE, RowFault.NO_NAME, RowFault.NO_ADDRESS), strict=True)
        if not cells[column]
    ]
    if any(len(cells.get(column, "")) > longest for column, longest in LONGEST.items()):
        return None, [*faults, RowFault.TOO_LONG]
    email, area = cells.get("email", ""), cells.get("area", "")
    if email and not AN_ADDRESS.fullmatch(email):
        faults.append(RowFault.NOT_AN_EMAIL)
    if area and name_key(area) not in areas:
        faults.append(RowFault.UNKNOWN_AREA)
    born_on, fault = _birth(cells.get("born_on", ""), rule, today)
    faults += [fault] if fault else []
    entry = Entry(
        line=line,
        reference=cells["reference"],
        name=cells["name"],
        address=cells["address"],
        born_on=born_on,
        area=area,
        email=email.lower() or None,
        name_key=name_key(cells["name"]),
        address_key=address_key(cells["address"]),
    )
    return entry, faults


def _birth(cell: str, rule: RollRule, today: date) -> tuple[date | None, RowFault | None]:
    born_on = None
    if cell:
        try:
            born_on = date.fromisoformat(cell) if A_DATE.fullmatch(cell) else None
        except ValueError:
            born_on = None
        if born_on is None or not date(1900, 1, 1) <= born_on <= today:
            return None, RowFault.NOT_A_DATE
    reason = why_not_of_age(born_on, rule)
    return born_on, _OF_AGE[reason] if reason else None


_OF_AGE = {WhyNot.NO_BIRTH_DATE: RowFault.NO_BIRTH_DATE, WhyNot.TOO_YOUNG: RowFault.TOO_YOUNG}
