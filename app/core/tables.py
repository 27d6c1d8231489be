"""What every table that people open in a spreadsheet has to mind."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | bool | None


class NoHeader(ValueError):
    """The first line of a file does not name each column that is needed, once."""


def named(text: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | list[str]]]:
    """The lines of a CSV file below its head, each with its number (from 1) and its cells by the names of columns.

    Cells are between commas, or between semicolons where the head has more of those. A line that has another number of
    cells than the head keeps them as a list; an empty one is left out. Strictly: a quote that is never closed would
    swallow the lines after it, and nobody would miss them. Raises NoHeader and csv.Error.
    """
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] | None = None
    for line in reader:
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if names is not None:
            yield reader.line_num, dict(zip(names, cells, strict=True)) if len(cells) == len(names) else cells
            continue
        names = [cell.lower() for cell in cells]
        if any(names.count(name) != 1 for name in needed):
            raise NoHeader


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def sheet(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file in UTF-8: sums in cents, days in ISO 8601, nothing where there is nothing, and no formulas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([neutral(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return text.getvalue().encode()


def records(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The same of rows that know their cells by the names of the columns."""
    return sheet(columns, ([row[name] for name in columns] for row in rows))
