"""The table of indicators, line by line, from the rows of their pages: what those keep back is not there to be told."""

from collections.abc import Iterator
from typing import Any

from app.core.tables import neutral
from app.opendata.indicators.words import FIELDS
from app.opendata.rules import line, moment
from app.taskforces.indicators import queries
from app.taskforces.indicators.queries import IndicatorRow, ReadingRow
from app.taskforces.indicators.rules import plain

COLUMNS = tuple(name for field in FIELDS for name in field.name.split(", "))


def indicators_csv() -> Iterator[str]:
    """Every value of every indicator, corrected ones beside those that correct them."""
    yield line(COLUMNS)
    for row in queries.indicators():
        for reading in row.readings:
            yield line(_cells(row, reading))


def _cells(row: IndicatorRow, reading: ReadingRow) -> tuple[Any, ...]:
    card = reading.card
    return (
        neutral(row.neighborhood),
        f"{row.slug}-{row.number}",
        neutral(card.title),
        card.version,
        reading.period.first_on.isoformat(),
        reading.period.last_on.isoformat(),
        _number(reading.hundredths),
        card.unit.value,
        _known(reading.n),
        _known(reading.numerator),
        _known(reading.denominator),
        reading.silence.value if reading.silence else "",
        card.least_n,
        "provisional" if reading.is_provisional else "final",
        moment(reading.entered_at),
        reading.number,
        "yes" if reading.stands else "no",
        neutral(reading.note or ""),
        card.direction.value,
        _number(card.target_hundredths),
        card.frequency.value,
        neutral(card.formula),
        neutral(card.weakness),
        neutral(card.source),
        neutral(card.owner),
        reading.file_hash or "",
    )


def _number(hundredths: int | None) -> str:
    return "" if hundredths is None else plain(hundredths)


def _known(number: int | None) -> str:
    return "" if number is None else str(number)
