"""Tables of a report as CSV files, for its archive copy: made from the same frozen figures as the page and the PDF."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from app.core.tables import neutral


def sheet(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file in UTF-8: sums in cents, days ISO 8601, nothing where there is nothing.

    A text that a spreadsheet would take for a formula gets an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([neutral(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return text.getvalue().encode()
