"""What every table that people open in a spreadsheet has to mind."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | bool | None


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
