"""The table of delivery, line by line, from the frozen figures of the reports that printed them."""

from collections.abc import Iterator
from typing import Any

from app.core.tables import neutral
from app.opendata.delivery.rules import Told, told
from app.opendata.delivery.words import FIELDS
from app.opendata.rules import line, moment
from app.reports import queries as editions
from app.reports.pages import figures_of
from app.reports.queries import EditionRow
from app.reports.rules import ReportKind

COLUMNS = tuple(name for field in FIELDS for name in field.name.split(", "))


def delivery_csv() -> Iterator[str]:
    """Every published delivery report, corrected ones with those that correct them; none that was withdrawn."""
    yield line(COLUMNS)
    for row, snapshot in editions.published(ReportKind.DELIVERY):
        for each in told(figures_of(snapshot)):
            yield line(_cells(row, each))


def _cells(row: EditionRow, found: Told) -> tuple[Any, ...]:
    period = row.line.period
    return (
        neutral(row.neighborhood_name),
        period.first_on.isoformat() if period else "",
        period.last_on.isoformat() if period else "",
        found.figure.value,
        found.value,
        found.unit,
        "" if found.counted is None else found.counted,
        found.empty.value if found.empty else "",
        moment(row.published_at),
        row.code,
        row.number,
        "no" if row.is_superseded else "yes",
        row.data_hash,
    )
