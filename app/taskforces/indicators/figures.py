"""The drawing of an indicator: its last periods as columns, with the table that says the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from flask_babel import gettext as _
from markupsafe import Markup

from app.core.charts.columns import Column, column_table, columns
from app.core.charts.tables import Table
from app.taskforces.indicators import words
from app.taskforces.indicators.queries import IndicatorRow, ReadingRow
from app.taskforces.indicators.rules import Frequency, Unit

WIDTH = 360
"""As wide as a phone, so that its words are as large as those around it."""
MOST = 12
"""How many periods a drawing shows; the page has them all in its table."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The drawing, what its signs mean, and its table."""

    svg: Markup
    legend: Sequence[str]
    table: Table


def drawn(row: IndicatorRow) -> Drawn | None:
    """What an indicator was, oldest period first; None where nothing was entered yet.

    It goes back as far as values have the unit of the last one and tell of as much time: others share no scale with it.
    """
    standing = row.standing[:MOST]
    rows = list(takewhile(lambda each: _scale(each) == _scale(standing[0]), standing))[::-1]
    if not rows:
        return None
    found, target = _columns(rows), rows[-1].card.target_hundredths
    title = _("%(title)s, period by period", title=row.card.title)
    headings = (str(_("Period")), str(_("Value")), str(_("What to know")))
    return Drawn(
        svg=columns(str(title), found, goal=target, width=WIDTH),
        legend=list(_legend(rows, target)),
        table=column_table(row.card.title, headings, found),
    )


def _scale(row: ReadingRow) -> tuple[Unit, Frequency]:
    return row.card.unit, row.card.frequency


def _legend(rows: Sequence[ReadingRow], target: int | None) -> Iterator[str]:
    """What the signs mean that are in the drawing."""
    if target is not None:
        yield str(_("Dashed line: the target, %(target)s.", target=words.value(target, rows[-1].card.unit)))
    if any(each.is_provisional for each in rows):
        yield str(_("Striped: provisional."))
    if any(each.hundredths is None for each in rows):
        yield str(_("Circle: no number is told."))
    if len({each.card.version for each in rows}) > 1:
        yield str(_("Dotted upright line: from here on it is defined differently."))


def _columns(rows: Sequence[ReadingRow]) -> list[Column]:
    found, year, version = [], 0, rows[0].card.version
    for row in rows:
        first = row.period.first_on
        found.append(
            Column(
                label=words.period(row.period),
                foot=words.short(row.period),
                year=str(first.year) if first.year != year and words.short(row.period) != str(first.year) else "",
                value=row.hundredths,
                shown=words.value(row.hundredths, row.card.unit, row.silence),
                is_provisional=row.is_provisional,
                begins_anew=row.card.version != version,
                note=said(row),
            )
        )
        year, version = first.year, row.card.version
    return found


def said(row: ReadingRow) -> str:
    """What is to be known about a value: whether it is provisional, corrected, and by which version it is counted."""
    return words.status(row.number, row.card.version, is_provisional=row.is_provisional)
