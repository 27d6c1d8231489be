"""Columns along time: one for each period, striped while provisional, with a mark where a number is kept back."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.core.charts.fills import Fill, filled
from app.core.charts.svg import INK, NOTHING, PAPER, SOFT_INK, drawing, element, path, text
from app.core.charts.tables import Table

WIDTH = 480
TALL = 110.0
HEAD = 22.0
ROOM = 0.62
"""How much of its place a column takes."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A period and its value in any whole unit; None where no number is told, and `shown` says why."""

    label: str
    foot: str
    value: int | None
    shown: str
    year: str = ""
    """Written under the foot of the first period of a year."""
    is_provisional: bool = False
    begins_anew: bool = False
    """Whether it is counted by another definition than the column before: a line stands between the two."""
    note: str = ""


def columns(title: str, rows: Sequence[Column], *, goal: int | None = None, width: int = WIDTH) -> Markup:
    """A column for each period from the oldest to the newest, all from zero; the last one that is told has its number.

    A hollow circle on the floor stands for a period whose number is not told, a dashed line for where values should be.
    """
    if not rows or any(row.value is not None and row.value < 0 for row in rows):
        raise ValueError("columns need at least one period, and nothing below zero")
    top = max(1, *(row.value or 0 for row in rows), goal or 0)
    step, floor = (width - 2) / len(rows), HEAD + TALL
    drawn = NOTHING.join(_column(row, 1 + step * place, step, floor, top) for place, row in enumerate(rows))
    drawn += path(f"M0 {floor:.1f}H{width}", stroke=INK, stroke_width=1, fill="none")
    line = None if goal is None else floor - TALL * goal / top
    if line is not None:
        drawn += _goal(line, width)
    return drawing(title, drawn, _last(rows, step, floor, top, width, line), width=width, height=floor + 40)


def column_table(caption: str, headings: tuple[str, str, str], rows: Sequence[Column]) -> Table:
    """The table that says what `columns` draws: the period, its value, and what is to be said of it."""
    return Table(caption=caption, headings=headings, rows=[(row.label, row.shown, row.note) for row in rows])


def _column(row: Column, x: float, step: float, floor: float, top: int) -> Markup:
    middle = x + step / 2
    drawn = text(middle, floor + 16, row.foot, text_anchor="middle", font_size=12)
    if row.year:
        drawn += text(middle, floor + 33, row.year, text_anchor="middle", font_size=12, fill=SOFT_INK)
    if row.begins_anew:
        drawn += path(
            f"M{x:.1f} {HEAD:.1f}V{floor:.1f}", stroke=INK, stroke_width=2, stroke_dasharray="2 3", fill="none"
        )
    if row.value is None:
        return drawn + element("circle", cx=middle, cy=floor - 7, r=5, fill=PAPER, stroke=INK, stroke_width=2)
    tall, wide = max(1.0, TALL * row.value / top), step * ROOM
    fill = Fill.STRIPES if row.is_provisional else Fill.SOLID
    return drawn + filled(middle - wide / 2, floor - tall, wide, tall, fill)


def _goal(y: float, width: int) -> Markup:
    line = f"M0 {y:.1f}H{width}"
    drawn = path(line, stroke=PAPER, stroke_width=5, fill="none")
    return drawn + path(line, stroke=INK, stroke_width=2, stroke_dasharray="6 4", fill="none")


def _last(rows: Sequence[Column], step: float, floor: float, top: int, width: int, line: float | None) -> Markup:
    """The number over the last column that has one; above the line of the goal where the two would meet."""
    told = [place for place, row in enumerate(rows) if row.value is not None]
    if not told:
        return NOTHING
    place, row = told[-1], rows[told[-1]]
    at, y = 1 + step * (place + 0.5), floor - TALL * (row.value or 0) / top - 6
    if line is not None and y - 14 < line < y + 5:
        y = line - 6
    half = len(row.shown) * 14 * 0.56 / 2
    anchor, spot = ("start", 1.0) if at < half else ("end", width - 1.0) if at > width - half else ("middle", at)
    return text(spot, y, row.shown, text_anchor=anchor, font_weight="bold")
