"""The indicators of a neighborhood as a year's report freezes them: values, corrections, and since when each stands."""

from dataclasses import replace
from typing import Any

from app.core.moments import day_in
from app.reports.rules import Period
from app.taskforces.indicators import queries
from app.taskforces.indicators.queries import IndicatorRow, ReadingRow


def watched(neighborhood_id: int, year: Period) -> list[dict[str, Any]]:
    """Each indicator with what was entered about periods that ended in the year or in the one before, newest first."""
    rows = queries.indicators(neighborhood_id)
    until = [replace(row, readings=[each for each in row.readings if _ended_by(each, year)]) for row in rows]
    return [_indicator(row, year) for row in until]


def _ended_by(reading: ReadingRow, year: Period) -> bool:
    return reading.period.last_on <= year.last_on


def _indicator(row: IndicatorRow, year: Period) -> dict[str, Any]:
    """By the definition of its last value, where it has one."""
    card = row.last.card if row.last else row.card
    since = year.first_on.replace(year=year.first_on.year - 1)
    return {
        "code": f"{row.slug}-{row.number}",
        "title": card.title,
        "formula": card.formula,
        "source": card.source,
        "unit": card.unit,
        "direction": card.direction,
        "target_hundredths": card.target_hundredths,
        "least_n": card.least_n,
        "version": card.version,
        "moved": row.moved if row.last else None,
        "moved_in_a_year": row.moved_in_a_year if row.last else None,
        "meets_target": row.meets_target,
        "readings": [_reading(each, row.time_zone) for each in row.readings if each.period.first_on >= since],
    }


def _reading(row: ReadingRow, zone: str) -> dict[str, Any]:
    return {
        "first_on": row.period.first_on,
        "last_on": row.period.last_on,
        "hundredths": row.hundredths,
        "unit": row.card.unit,
        "n": row.n,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "silence": row.silence,
        "is_provisional": row.is_provisional,
        "number": row.number,
        "version": row.card.version,
        "stands": row.stands,
        "entered_on": day_in(zone, row.entered_at),
        "note": row.note,
    }
