"""Things along time: the strip of milestones (promised, expected, done) and a line that moves in steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from app.core.charts.svg import INK, LINE, NOTHING, PAPER, SOFT_INK, drawing, element, lines, path, text, wrapped
from app.core.charts.tables import Table

WIDTH = 480
EDGE = 12.0


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A milestone: the day promised, the day now expected, and the day it was done (None: not yet)."""

    label: str
    baseline_on: date
    forecast_on: date
    actual_on: date | None
    earlier: tuple[date, ...] = ()
    """Days promised before the one that stands."""
    said: str = ""
    """What stands under it in place of the expected day."""


@dataclass(frozen=True, kw_only=True)
class StripWords:
    """The words of the legend, in the reader's language."""

    baseline: str
    forecast: str
    actual: str
    today: str
    none: str


@dataclass(frozen=True, kw_only=True)
class Level:
    """A value reached on a day and kept until the next."""

    on: date
    value: int
    shown: str


def milestone_strip(
    title: str,
    rows: Sequence[Dated],
    *,
    today: date,
    words: StripWords,
    write: Callable[[date], str],
    width: int = WIDTH,
) -> Markup:
    """A line for each milestone: hollow diamond = promised, circle = expected, filled diamond = done; a line for today.

    Days promised before are short upright lines.
    `write` puts a date into the reader's words.
    """
    if not rows:
        raise ValueError("a strip needs a milestone")
    at = _axis([today, *(day for row in rows for day in _days(row))], width)
    drawn, now, y = NOTHING, "", 0.0
    for row in rows:
        label = wrapped(row.label, width=width - 2)
        axis = y + 18 * len(label) + 14
        drawn += lines(1, y + 15, label) + _marks(row, axis, at, write, words, width)
        now += f"M{at(today):.1f} {axis - 12:.1f}v18"  # not through what is written above and below
        y = axis + 34
    now += f"M{at(today):.1f} {y - 6:.1f}v6"
    line = path(now, stroke=SOFT_INK, stroke_width=2, stroke_dasharray="2 3", fill="none")
    said = f"{words.today}: {write(today)}"
    foot = _beside(at(today), y + 12, said, width)
    return drawing(title, line, drawn, foot, _legend(words, y + 40), width=width, height=y + 52)


def strip_table(
    caption: str, milestone: str, rows: Sequence[Dated], *, words: StripWords, write: Callable[[date], str]
) -> Table:
    """The table that says what `milestone_strip` draws."""
    cells = [
        (
            row.label,
            write(row.baseline_on),
            write(row.forecast_on),
            write(row.actual_on) if row.actual_on else words.none,
        )
        for row in rows
    ]
    return Table(caption=caption, headings=(milestone, words.baseline, words.forecast, words.actual), rows=cells)


def step_line(title: str, levels: Sequence[Level], *, write: Callable[[date], str], width: int = WIDTH) -> Markup:
    """A line that jumps on each day and holds until the next, with the last value written at its end."""
    if not levels or any(b.on < a.on for a, b in zip(levels, levels[1:], strict=False)):
        raise ValueError("a step line needs levels in the order of their days")
    at = _axis([level.on for level in levels], width)
    top = max(1, *(level.value for level in levels), 1)
    spots = [(at(level.on), 130 - 100 * level.value / top) for level in levels]
    d = f"M{spots[0][0]:.1f} 130V{spots[0][1]:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in spots[1:])
    axis = path(f"M0 130H{width}", stroke=LINE, stroke_width=1, fill="none")
    line = path(d + f"H{width - EDGE:.1f}", stroke=INK, stroke_width=3, fill="none")
    ends = text(EDGE, 148, write(levels[0].on), fill=SOFT_INK) + text(
        width - 1, 148, write(levels[-1].on), text_anchor="end", fill=SOFT_INK
    )
    last = text(width - 1, spots[-1][1] - 8, levels[-1].shown, text_anchor="end", font_weight="bold")
    return drawing(title, axis, line, ends, last, width=width, height=156)


def step_table(
    caption: str, headings: tuple[str, str], levels: Sequence[Level], *, write: Callable[[date], str]
) -> Table:
    """The table that says what `step_line` draws."""
    return Table(caption=caption, headings=headings, rows=[(write(level.on), level.shown) for level in levels])


def _axis(days: Sequence[date], width: int) -> Callable[[date], float]:
    first, last = min(days), max(days)
    span = max(1, (last - first) // timedelta(days=1))
    return lambda day: EDGE + (width - 2 * EDGE) * ((day - first) // timedelta(days=1)) / span


def _days(row: Dated) -> list[date]:
    return [row.baseline_on, row.forecast_on, *row.earlier, *([row.actual_on] if row.actual_on else [])]


def _marks(
    row: Dated, y: float, at: Callable[[date], float], write: Callable[[date], str], words: StripWords, width: int
) -> Markup:
    end = row.actual_on or row.forecast_on
    drawn = path(f"M{EDGE:.1f} {y:.1f}H{width - EDGE:.1f}", stroke=LINE, stroke_width=1, fill="none")
    drawn += path(f"M{at(row.baseline_on):.1f} {y:.1f}H{at(end):.1f}", stroke=INK, stroke_width=3, fill="none")
    for day in row.earlier:
        drawn += path(f"M{at(day):.1f} {y - 7:.1f}v14", stroke=SOFT_INK, stroke_width=2, fill="none")
    if row.actual_on is None:
        drawn += _circle(at(row.forecast_on), y)
    drawn += _diamond(at(row.baseline_on), y, 8, PAPER)
    if row.actual_on is not None:
        drawn += _diamond(at(row.actual_on), y, 6, INK)
    said = f"{words.actual if row.actual_on else words.forecast}: {write(end)}"
    return drawn + _beside(at(end), y + 23, row.said or said, width)


def _beside(x: float, y: float, words: str, width: int) -> Markup:
    half = len(words) * 13 * 0.56 / 2
    anchor, spot = ("start", 1.0) if x < half else ("end", width - 1.0) if x > width - half else ("middle", x)
    return text(spot, y, words, text_anchor=anchor, font_size=13, fill=SOFT_INK)


def _diamond(x: float, y: float, r: float, fill: str) -> Markup:
    return path(f"M{x:.1f} {y - r:.1f}l{r} {r}l-{r} {r}l-{r} -{r}z", fill=fill, stroke=INK, stroke_width=2)


def _circle(x: float, y: float) -> Markup:
    return element("circle", cx=x, cy=y, r=5, fill="#ffc65c", stroke=INK, stroke_width=2)


def _legend(words: StripWords, y: float) -> Markup:
    drawn, x = NOTHING, 10.0
    for word, kind in ((words.baseline, "baseline"), (words.forecast, "forecast"), (words.actual, "actual")):
        drawn += _sign(kind, x, y - 4) + text(x + 13, y, word, font_size=13)
        x += 13 + len(word) * 13 * 0.56 + 26
    return drawn


def _sign(kind: str, x: float, y: float) -> Markup:
    if kind == "forecast":
        return _circle(x, y)
    return _diamond(x, y, 8, PAPER) if kind == "baseline" else _diamond(x, y, 6, INK)
