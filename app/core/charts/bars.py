"""Horizontal bars with their numbers written on them, and the one stacked bar that shows where a pot of money goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.core.charts.fills import IN_ORDER, Fill, filled
from app.core.charts.svg import INK, NOTHING, SOFT_INK, drawing, element, lines, path, text, wrapped
from app.core.charts.tables import Table

WIDTH = 480
BAR = 22.0
GAP = 28


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One amount: what it is, how much (any whole unit, never negative), and how that is written for people."""

    label: str
    value: int
    shown: str
    fill: Fill | None = None
    """How it is filled; None takes the chart's own order."""
    note: str = ""
    """A few words after the number, such as «funded in round 3»."""
    goal: int | None = None
    """What the amount has to reach, drawn as a mark across the bar."""
    part: int = 0
    """How much of the amount, from its start, is drawn striped, such as what was paid of it."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A line across the bars, such as the pot: how much, and the words at its foot."""

    value: int
    shown: str


def bars(title: str, rows: Sequence[Bar], *, limit: Limit | None = None, width: int = WIDTH) -> Markup:
    """Horizontal bars under their labels, all to one scale; `limit` draws a dashed line across them all."""
    _check(rows)
    scale = (width - 4) / max(1, *(max(row.value, row.goal or 0) for row in rows), limit.value if limit else 1)
    drawn, y = NOTHING, 0.0
    for row in rows:
        piece, y = _labeled(row, y, scale, width)
        drawn += piece
    if limit is not None:
        drawn += _limit(limit, scale, y, width)
    return drawing(title, drawn, width=width, height=y + (22 if limit else 0))


def pot_bar(title: str, parts: Sequence[Bar], *, total: Limit, width: int = WIDTH, columns: int = 1) -> Markup:
    """One bar as long as `total`, divided into `parts` in their order; what no part takes stays empty.

    A legend under it, in so many `columns`, repeats each part's pattern, words and number. Parts that add up to more
    than the total run past a mark that says where the total is.
    """
    _check(parts)
    used = sum(part.value for part in parts)
    scale = (width - 2) / max(1, total.value, used)
    drawn = text(1, 15, total.shown, font_weight="bold")
    drawn += element(
        "rect", x=1, y=24, width=max(1.0, scale * total.value), height=30, fill="#fff", stroke=INK, stroke_width=1.5
    )
    x = 1.0
    for part, fill in zip(parts, _fills(parts), strict=True):
        drawn += filled(x, 24, scale * part.value, 30, fill)
        x += scale * part.value
    if used > total.value:
        end = 1 + scale * total.value
        drawn += path(f"M{end:.1f} 19V60", stroke=INK, stroke_width=3, fill="none")
    legend, height = _legend(parts, 76, width, columns)
    return drawing(title, drawn, legend, width=width, height=height)


def bar_table(caption: str, headings: tuple[str, str], rows: Sequence[Bar]) -> Table:
    """The table that says what `bars` or `pot_bar` draws."""
    return Table(
        caption=caption, headings=headings, rows=[(row.label, f"{row.shown} {row.note}".strip()) for row in rows]
    )


def _labeled(row: Bar, y: float, scale: float, width: int) -> tuple[Markup, float]:
    words = wrapped(row.label, width=width - 4)
    foot = y + 4 + 18 * len(words)
    number = f"{row.shown} · {row.note}" if row.note else row.shown
    drawn = lines(1, y + 15, words) + filled(1, foot, scale * row.value, BAR, row.fill or Fill.SOLID)
    drawn += filled(1, foot, scale * row.part, BAR, Fill.STRIPES)
    if row.goal is not None:
        drawn += _goal(1 + scale * row.goal, foot)
    room = len(number) * 14 * 0.56 + 12
    inside = row.goal is None and scale * row.value > room and (row.fill or Fill.SOLID) is Fill.SOLID
    after = 1 + scale * max(row.value, row.goal or 0) + 6
    if inside:
        drawn += text(9, foot + 16, number, fill="#fff", font_weight="bold")
    elif after + room < width:
        drawn += text(after, foot + 16, number, font_weight="bold")
    else:
        drawn += text(1, foot + BAR + 16, number, font_weight="bold")
        foot += 20
    return drawn, foot + BAR + 10


def _goal(x: float, y: float) -> Markup:
    mark = f"M{x:.1f} {y - 3:.1f}V{y + BAR + 3:.1f}"
    return path(mark, stroke="#fff", stroke_width=7, fill="none") + path(mark, stroke=INK, stroke_width=4, fill="none")


def _limit(limit: Limit, scale: float, height: float, width: int) -> Markup:
    x = 1 + scale * limit.value
    anchor = "end" if x > width / 2 else "start"
    line = path(f"M{x:.1f} 0V{height:.1f}", stroke=INK, stroke_width=2, stroke_dasharray="5 4", fill="none")
    return line + text(x, height + 15, limit.shown, text_anchor=anchor, fill=SOFT_INK)


def _legend(parts: Sequence[Bar], y: float, width: int, columns: int) -> tuple[Markup, float]:
    drawn, room, keys = NOTHING, (width + GAP) / columns, list(zip(parts, _fills(parts), strict=True))
    for start in range(0, len(keys), columns):
        highest = 1
        for at, (part, fill) in enumerate(keys[start : start + columns]):
            x = at * room
            words = wrapped(part.label, width=room - GAP - 26 - len(part.shown) * 9)
            drawn += filled(x + 1, y - 12, 16, 16, fill) + lines(x + 25, y, words)
            drawn += text(x + room - GAP - 1, y, part.shown, text_anchor="end", font_weight="bold")
            highest = max(highest, len(words))
        y += 18 * highest + 6
    return drawn, y - 8


def _fills(parts: Sequence[Bar]) -> list[Fill]:
    return [part.fill or IN_ORDER[i % len(IN_ORDER)] for i, part in enumerate(parts)]


def _check(rows: Sequence[Bar]) -> None:
    if not rows or any(row.value < 0 for row in rows):
        raise ValueError("bars need at least one row, and nothing below zero")
