"""The lines of a .pb file: sections, cells and numbers, each refusal with its line."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.voting.counting.records import MOST_CENTS

SECTIONS = ("META", "PROJECTS", "VOTES")

_AMOUNT = re.compile(r"([0-9]{1,16})(?:[.,]([0-9]{0,2})0*)?", re.ASCII)
_GROUPED = re.compile(r"[0-9]+,[0-9]{3}", re.ASCII)  # 1,000 may mean one or a thousand: nobody should guess
_BREAKS = re.compile(r"[\r\n]+")
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)


class BadFile(ValueError):
    """A file that cannot be read as a vote: the line (from 1) and the reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a section, its cells by column name."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Section:
    """The lines of one section that are not blank, with their numbers, and the line of its own heading."""

    line: int
    lines: tuple[tuple[int, str], ...]


def decode(data: bytes) -> str:
    """UTF-8 text with or without a byte order mark; BadFile names the first line that is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(data.count(b"\n", 0, error.start) + 1, "this is not UTF-8 text") from error


def one_line(text: str) -> str:
    """The text without line breaks, which would end a line of the file."""
    return _BREAKS.sub(" ", text).strip()


def sections(text: str) -> dict[str, Section]:
    """The three sections by name; blank lines are dropped, line numbers kept."""
    found: dict[str, tuple[int, list[tuple[int, str]]]] = {}
    current: list[tuple[int, str]] | None = None
    number = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip("\r\n\t ")
        heading = line.rstrip("; \t")
        if heading in SECTIONS:
            if heading in found:
                raise BadFile(number, f"a second {heading} section")
            current = []
            found[heading] = (number, current)
        elif line and current is None:
            raise BadFile(number, "the file does not begin with META")
        elif line and current is not None:
            current.append((number, line))
    for name in SECTIONS:
        if name not in found:
            raise BadFile(number, f"there is no {name} section")
    return {name: Section(line=line, lines=tuple(lines)) for name, (line, lines) in found.items()}


def cells_of(line: str) -> list[str]:
    """The cells of one line; a quoted cell may hold semicolons, but no line breaks."""
    if '"' not in line:
        return line.split(";")
    return next(csv.reader([line], delimiter=";"))


def rows(section: Section, needed: Sequence[str]) -> Iterator[Row]:
    """The lines below a section's header, each with its cells by column; the needed columns must be there."""
    if not section.lines:
        raise BadFile(section.line, "the section has no header")
    (number, header), *lines = section.lines
    columns = [cell.strip().lower() for cell in cells_of(header)]
    for name in needed:
        if columns.count(name) != 1:
            raise BadFile(number, f"the header needs one column {name}")
    at_least = max(columns.index(name) for name in needed) + 1
    for line, text in lines:
        cells = [cell.strip() for cell in cells_of(text)]
        if any(cells[len(columns) :]):
            raise BadFile(line, f"{len(cells)} cells, but the header has {len(columns)}")
        if len(cells) < at_least:
            raise BadFile(line, f"{len(cells)} cells, but {needed[-1]} stands in cell {at_least}")
        yield Row(line=line, cells=dict(zip(columns, cells, strict=False)))


def cents_of(text: str, line: int, name: str) -> int:
    """An amount in currency units, with up to two decimals, as exact cents."""
    match = _AMOUNT.fullmatch(text)
    if match is None or _GROUPED.fullmatch(text):
        raise BadFile(line, f"{name} {text!r} is not an amount of money")
    cents = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    if cents > MOST_CENTS:
        raise BadFile(line, f"{name} {text!r} is too large")
    return cents


def whole_of(row: Row, name: str) -> int:
    """The value of a META line as a whole number."""
    if _WHOLE.fullmatch(row.cells["value"]) is None:
        raise BadFile(row.line, f"{name} {row.cells['value']!r} is not a whole number")
    return int(row.cells["value"])
