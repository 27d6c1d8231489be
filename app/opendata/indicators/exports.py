"""The table of indicators, line by line, from the frozen figures of the reports that printed them."""

from collections.abc import Iterator
from typing import Any

from app.core.tables import neutral
from app.opendata.indicators.rules import Reading, readings
from app.opendata.indicators.words import FIELDS
from app.opendata.rules import line, moment
from app.reports import queries as editions
from app.reports.pages import figures_of
from app.reports.queries import EditionRow
from app.reports.rules import ReportKind

COLUMNS = tuple(name for field in FIELDS for name in field.name.split(", "))


def indicators_csv() -> Iterator[str]:
    """Every published delivery report, corrected ones with those that correct them; none that was withdrawn."""
    yield line(COLUMNS)
    for row, snapshot in editions.published(ReportKind.DELIVERY):
        for reading in readings(figures_of(snapshot)):
            yield line(_cells(row, reading))


def _cells(row: EditionRow, reading: Reading) -> tuple[Any, ...]:
    period = row.line.period
    return (
        neutral(row.neighborhood_name),
        period.first_on.isoformat() if period else "",
        period.last_on.isoformat() if period else "",
        reading.indicator.value,
        reading.value,
        reading.unit,
        "" if reading.counted is None else reading.counted,
        reading.empty.value if reading.empty else "",
        moment(row.published_at),
        row.code,
        row.number,
        "no" if row.is_superseded else "yes",
        row.data_hash,
    )
