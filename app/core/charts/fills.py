"""Fills that can be told apart without color: a solid, stripes, dots, bars, and bare paper with an outline."""

from enum import StrEnum

from markupsafe import Markup

from app.core.charts.svg import INK, NOTHING, PAPER, element, path


class Fill(StrEnum):
    """How an area is filled; the five differ in grey as well as in color."""

    SOLID = "solid"
    STRIPES = "stripes"
    DOTS = "dots"
    BARS = "bars"
    BARE = "bare"


IN_ORDER = (Fill.SOLID, Fill.STRIPES, Fill.DOTS, Fill.BARE)
COLOR = {Fill.SOLID: "#27406f", Fill.STRIPES: "#ffc65c", Fill.DOTS: "#e4ecf7", Fill.BARS: "#f6ddd4", Fill.BARE: PAPER}
STEP = 7.0


def filled(x: float, y: float, width: float, height: float, fill: Fill) -> Markup:
    """A rectangle; its pattern is drawn as one path, so that no ids are needed and every renderer shows it."""
    if width <= 0:
        return NOTHING
    box = element("rect", x=x, y=y, width=width, height=height, fill=COLOR[fill], stroke=INK, stroke_width=1)
    if fill is Fill.STRIPES:
        return box + path(_stripes(x, y, width, height), stroke=INK, stroke_width=1, fill="none")
    if fill is Fill.DOTS:
        return box + path(_dots(x, y, width, height), stroke=INK, stroke_width=2, stroke_linecap="round", fill="none")
    if fill is Fill.BARS:
        return box + path(_bars(x, y, width, height), stroke=INK, stroke_width=2, fill="none")
    return box


def _stripes(x: float, y: float, width: float, height: float) -> str:
    parts, c = [], STEP
    while c < width + height:
        start = (x + min(c, width), y + max(0.0, c - width))
        end = (x + max(0.0, c - height), y + min(c, height))
        parts.append(f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}")
        c += STEP
    return "".join(parts)


def _dots(x: float, y: float, width: float, height: float) -> str:
    across, down = int((width - 2) // STEP), int((height - 2) // STEP)
    spots = ((x + STEP * (i + 0.5) + 1, y + STEP * (j + 0.5) + 1) for j in range(down) for i in range(across))
    return "".join(f"M{a:.1f} {b:.1f}h.01" for a, b in spots)


def _bars(x: float, y: float, width: float, height: float) -> str:
    return "".join(f"M{x + STEP * (i + 1):.1f} {y:.1f}v{height:.1f}" for i in range(int((width - 1) // STEP)))
