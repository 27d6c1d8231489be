"""Areas and points drawn as a map: pure SVG without tiles, scripts or foreign servers, the same for page and PDF."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.core.charts.svg import INK, LINE, NOTHING, PAPER, drawing, element, path, text, wrapped
from app.places.rules import Box, Grid, polygons, ring_area

WIDTH = 480
MARGIN = 12.0
TALLEST = 480.0
LAND = ("#e4ecf7", "#f6ead2", "#e3efe2", "#f3e3e6", "#e9e6f4", "#e2eff0")
"""Pale, so that ink stands out; names stand on the areas, so color carries nothing."""
PALEST = 0
"""The color of all areas where only one is to be seen."""
HIGHLIGHT = "#ffc65c"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """An area to draw: its name and a GeoJSON Polygon or MultiPolygon."""

    name: str
    boundary: Mapping[str, Any]
    is_highlighted: bool = False


@dataclass(frozen=True, kw_only=True)
class Point:
    """Something at a spot, in degrees; `label` is the short word beside its mark, such as a number."""

    longitude: float
    latitude: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Projection:
    """From degrees to the drawing: as a plane, narrowed by the cosine of the middle latitude, north up."""

    west: float
    north: float
    narrowing: float
    scale: float
    height: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a spot stands in the drawing."""
        x = MARGIN + (longitude - self.west) * self.narrowing * self.scale
        return x, MARGIN + (self.north - latitude) * self.scale


def draw(
    shapes: Sequence[Shape],
    points: Sequence[Point] = (),
    *,
    title: str,
    description: str = "",
    grid: Grid | None = None,
) -> Markup | None:
    """The map as SVG, `title` and `description` for those who do not see it; None where nothing is to be drawn.

    With a `grid` only what lies in its box is in sight, and its squares are named.
    """
    projection = _projection(shapes, points, grid.box if grid else None)
    if projection is None:
        return None
    land = [_area(shape, number, projection) for number, shape in enumerate(shapes)]
    names = [_name(shape, projection) for shape in shapes]
    squares = [_square(name, box, projection) for name, box in grid.squares()] if grid else []
    marks = [_mark(point, projection) for point in points]
    said = [element("desc", description)] if description else []
    return drawing(title, *said, *land, *names, *squares, *marks, width=WIDTH, height=projection.height)


def locator(shapes: Sequence[Shape], point: Point | None, *, title: str) -> Markup | None:
    """A small map without names that shows where one thing is, by a large mark or an area of another color.

    None where nothing is to be drawn.
    """
    projection = _projection(shapes, [point] if point else [])
    if projection is None or not (shapes and (point or any(shape.is_highlighted for shape in shapes))):
        return None
    land = [_area(shape, PALEST, projection) for shape in shapes]
    mark = [_pin(point, projection)] if point else []
    return drawing(title, *land, *mark, width=WIDTH, height=projection.height)


def _projection(shapes: Sequence[Shape], points: Sequence[Point], window: Box | None = None) -> Projection | None:
    spots = [spot for shape in shapes for polygon in polygons(shape.boundary) for spot in polygon[0]]
    spots += [[point.longitude, point.latitude] for point in points]
    if window is not None:
        spots = [[window.west, window.south], [window.east, window.north]]
    if not spots:
        return None
    west, east = min(s[0] for s in spots), max(s[0] for s in spots)
    south, north = min(s[1] for s in spots), max(s[1] for s in spots)
    narrowing = max(0.01, math.cos(math.radians((south + north) / 2)))
    across, down = max((east - west) * narrowing, 1e-5), max(north - south, 1e-5)
    scale = min((WIDTH - 2 * MARGIN) / across, (TALLEST - 2 * MARGIN) / down)
    spare = (WIDTH - 2 * MARGIN) / scale - across
    return Projection(
        west=west - spare / 2 / narrowing,
        north=north,
        narrowing=narrowing,
        scale=scale,
        height=round(down * scale + 2 * MARGIN, 2),
    )


def _area(shape: Shape, number: int, projection: Projection) -> Markup:
    rings = [ring for polygon in polygons(shape.boundary) for ring in polygon]
    return path(
        "".join(_outline(ring, projection) for ring in rings),
        fill=HIGHLIGHT if shape.is_highlighted else LAND[number % len(LAND)],
        fill_rule="evenodd",
        stroke=INK if shape.is_highlighted else LINE,
        stroke_width=2.5 if shape.is_highlighted else 1.5,
        stroke_linejoin="round",
    )


def _outline(ring: Sequence[Sequence[float]], projection: Projection) -> str:
    drawn: list[str] = []
    for longitude, latitude in ring[:-1]:
        spot = "{:.1f} {:.1f}".format(*projection.at(longitude, latitude))
        if not drawn or drawn[-1] != spot:
            drawn.append(spot)
    return f"M{'L'.join(drawn)}Z"


def _name(shape: Shape, projection: Projection) -> Markup:
    largest = max((polygon[0] for polygon in polygons(shape.boundary)), key=lambda ring: abs(ring_area(ring)))
    x, y = projection.at(*_middle(largest))
    rows = wrapped(shape.name, width=120, size=16)
    top = y - 9 * (len(rows) - 1) + 5
    halo = [_word(x, top + 18 * i, row, stroke=PAPER, stroke_width=4, aria_hidden="true") for i, row in enumerate(rows)]
    # An empty start: each word is drawn by `element`, which escapes it.
    return NOTHING.join([*halo, *(_word(x, top + 18 * i, row) for i, row in enumerate(rows))])


def _word(x: float, y: float, row: str, **more: str | int | float) -> Markup:
    return text(x, y, row, text_anchor="middle", font_weight="bold", font_size=16, stroke_linejoin="round", **more)


def _middle(ring: list[list[float]]) -> tuple[float, float]:
    doubled = ring_area(ring)
    west, south = ring[0]
    x = y = 0.0
    for a, b in zip(ring, ring[1:], strict=False):
        cross = (a[0] - west) * (b[1] - south) - (b[0] - west) * (a[1] - south)
        x += (a[0] + b[0] - 2 * west) * cross
        y += (a[1] + b[1] - 2 * south) * cross
    return west + x / (3 * doubled), south + y / (3 * doubled)


def _mark(point: Point, projection: Projection) -> Markup:
    x, y = projection.at(point.longitude, point.latitude)
    dot = element("circle", cx=x, cy=y, r=11, fill=INK, stroke=PAPER, stroke_width=2)
    return dot + text(x, y + 4.5, point.label, fill=PAPER, text_anchor="middle", font_size=12, font_weight="bold")


def _pin(point: Point, projection: Projection) -> Markup:
    """A mark that can be seen where the map is as small as a stamp."""
    x, y = projection.at(point.longitude, point.latitude)
    x, y = min(max(x, 33.0), WIDTH - 33.0), min(max(y, 33.0), max(33.0, projection.height - 33.0))  # whole at the edge
    dot = element("circle", cx=x, cy=y, r=30, fill=INK, stroke=PAPER, stroke_width=6)
    return dot + text(x, y + 11, point.label, fill=PAPER, text_anchor="middle", font_size=32, font_weight="bold")


def _square(name: str, box: Box, projection: Projection) -> Markup:
    (left, top), (right, bottom) = projection.at(box.west, box.north), projection.at(box.east, box.south)
    size = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    lines = element("rect", **size, fill="none", stroke=LINE, stroke_width=1)
    outlined: dict[str, str | int | float] = {"stroke": PAPER, "stroke_width": 3, "paint_order": "stroke"}
    return lines + text(left + 4, top + 14, name, font_size=12, fill=INK, **outlined)
