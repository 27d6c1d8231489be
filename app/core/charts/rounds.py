"""Small multiples: how the support of each option went from round to round, all to one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.core.charts.fills import Fill, filled
from app.core.charts.svg import INK, NOTHING, SOFT_INK, drawing, lines, path, text, wrapped
from app.core.charts.tables import Table
from app.core.numbers import numeral

WIDTH = 480
TALL = 56.0


@dataclass(frozen=True, kw_only=True)
class Support:
    """One option's support in every round (None: not in that round), with the words that end its story."""

    label: str
    values: Sequence[int | None]
    outcome: str
    won: bool = False


def rounds(
    title: str, options: Sequence[Support], *, columns: int = 2, width: int = WIDTH, scale: int | None = None
) -> Markup:
    """A little column chart for each option: one column a round, the number over the last one.

    All options have as many values as there were rounds, and share one scale, so that heights can be compared;
    `scale` is the highest number where other drawings belong to this one.
    """
    if not options or len({len(option.values) for option in options}) != 1 or not options[0].values:
        raise ValueError("every option needs a value for each round")
    top = scale or highest(options)
    cell = (width - 16 * (columns - 1)) / columns
    drawn, y = NOTHING, 0.0
    for start in range(0, len(options), columns):
        row = options[start : start + columns]
        words = [wrapped(option.label, width=cell, size=15) for option in row]
        head = 18.0 * max(map(len, words)) + 6
        for i, (option, label) in enumerate(zip(row, words, strict=True)):
            drawn += _multiple(option, label, (cell + 16) * i, y, head, cell, top)
        y += head + TALL + 44 + _more_lines(row, cell) * 16
    return drawing(title, drawn, width=width, height=y)


def highest(options: Sequence[Support]) -> int:
    """The highest number in these drawings."""
    return max([1, *(value for option in options for value in option.values if value is not None)])


def rounds_table(
    caption: str, option: str, round_heading: str, outcome: str, options: Sequence[Support], *, absent: str
) -> Table:
    """The table that says what `rounds` draws; `round_heading` is like «Round {n}», `absent` stands for None."""
    count = len(options[0].values)
    headings = [option, *(round_heading.format(n=n + 1) for n in range(count)), outcome]
    rows = [[o.label, *(absent if v is None else numeral(v) for v in o.values), o.outcome] for o in options]
    return Table(caption=caption, headings=headings, rows=rows)


def _multiple(option: Support, label: list[str], x: float, y: float, head: float, cell: float, top: int) -> Markup:
    floor = y + head + TALL + 14
    step = cell / len(option.values)
    drawn = lines(x, y + 14, label, font_weight="bold")
    fill = Fill.SOLID if option.won else Fill.STRIPES
    last = max((i for i, value in enumerate(option.values) if value is not None), default=None)
    for i, value in enumerate(option.values):
        if value is not None:
            tall = TALL * value / top
            drawn += filled(x + step * i + step * 0.1, floor - tall, max(1.0, step * 0.8), max(0.5, tall), fill)
    drawn += path(f"M{x:.1f} {floor:.1f}h{cell:.1f}", stroke=INK, stroke_width=1, fill="none")
    if last is not None:
        drawn += _number(option.values[last] or 0, x, step * (last + 0.5), floor, cell, top)
    return drawn + lines(
        x, floor + 16, wrapped(option.outcome, width=cell, size=13), leading=16, fill=SOFT_INK, font_size=13
    )


def _number(value: int, x: float, at: float, floor: float, cell: float, top: int) -> Markup:
    anchor = "start" if at < cell * 0.15 else "end" if at > cell * 0.85 else "middle"
    spot = x if anchor == "start" else x + cell if anchor == "end" else x + at
    return text(spot, floor - TALL * value / top - 4, numeral(value), text_anchor=anchor, font_size=13)


def _more_lines(row: Sequence[Support], cell: float) -> int:
    return max(len(wrapped(option.outcome, width=cell, size=13)) for option in row) - 1
