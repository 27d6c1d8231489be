"""Flows (a Sankey diagram): what stands in each of some columns, and how it goes from one column to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.core.charts.svg import INK, NOTHING, drawing, element, lines, path, text, wrapped
from app.core.charts.tables import Table
from app.core.numbers import numeral

WIDTH = 560
TALL, GAP, BLOCK = 190.0, 34.0, 12.0
"""Height of the highest column without its gaps, the gap between two nodes, and the width of a node."""
LABELS = 150.0
"""Room for the words beside the first column, and beside the last; a node between them has its number above it."""
STAYS, MOVES = "#e4ecf7", "#ffc65c"


@dataclass(frozen=True, kw_only=True)
class Node:
    """Something that stands in a column, and how much it is there; its key is the same in each column."""

    key: int
    name: str
    value: int


@dataclass(frozen=True, kw_only=True)
class Flow:
    """How much goes from a node of one column to a node of the next; both by their keys."""

    giver: int
    taker: int
    value: int

    @property
    def moves(self) -> bool:
        """Whether it changes its place; what stays is drawn paler."""
        return self.giver != self.taker


@dataclass(frozen=True, kw_only=True)
class _Box:
    x: float
    y: float
    tall: float


Columns = Sequence[Sequence[Node]]
Flows = Sequence[Sequence[Flow]]


def sankey(title: str, columns: Columns, flows: Flows, *, width: int = WIDTH) -> Markup:
    """Nodes as high as they are large, from column to column, and between them bands as wide as what flows.

    `flows[i]` go from column i to column i + 1. Raises ValueError where more leaves or reaches a node than it has.
    """
    _check(columns, flows)
    most = max(sum(node.value for node in column) for column in columns)
    scale = TALL / max(most, 1)
    boxes = [_boxes(column, _x(i, len(columns), width), scale) for i, column in enumerate(columns)]
    bands = NOTHING.join(_bands(boxes[i], boxes[i + 1], flows[i], scale) for i in range(len(flows)))
    nodes = NOTHING.join(_nodes(column, boxes[i], i, len(columns)) for i, column in enumerate(columns))
    height = max(box.y + box.tall for found in boxes for box in found.values()) + GAP
    return drawing(title, bands, nodes, width=width, height=height)


def flow_table(caption: str, headings: tuple[str, str, str], columns: Columns, flows: Flows) -> Table:
    """The table that says what `sankey` draws: what moves, from where, to where."""
    names = {node.key: node.name for column in columns for node in column}
    moving = [each for step in flows for each in step if each.moves]
    rows = [[names[each.giver], names[each.taker], numeral(each.value)] for each in moving]
    return Table(caption=caption, headings=headings, rows=rows)


def _check(columns: Columns, flows: Flows) -> None:
    if len(columns) < 2 or len(flows) != len(columns) - 1 or not all(columns):
        raise ValueError("flows go from each column to the next")
    for i, step in enumerate(flows):
        for column, end in ((columns[i], "giver"), (columns[i + 1], "taker")):
            for node in column:
                if sum(each.value for each in step if getattr(each, end) == node.key) > node.value:
                    raise ValueError(f"more flows than there is at {node.name}")


def _x(column: int, count: int, width: int) -> float:
    return LABELS + (width - 2 * LABELS - BLOCK) * column / (count - 1)


def _boxes(column: Sequence[Node], x: float, scale: float) -> dict[int, _Box]:
    found, y = {}, 18.0
    for node in column:
        found[node.key] = _Box(x=x, y=y, tall=max(node.value * scale, 1.0))
        y += found[node.key].tall + GAP
    return found


def _nodes(column: Sequence[Node], boxes: dict[int, _Box], place: int, count: int) -> Markup:
    """The blocks of a column with their words, outside of all bands."""
    drawn = NOTHING
    for node in column:
        box, words = boxes[node.key], wrapped(f"{numeral(node.value)} {node.name}", width=LABELS - 8, size=13)
        drawn += _block(box)
        if place == count - 1:
            drawn += lines(box.x + BLOCK + 8, box.y + 11, words, leading=15, font_size=13)
        elif place == 0:
            drawn += lines(box.x - 8, box.y + 11, words, leading=15, font_size=13, text_anchor="end")
        else:
            drawn += text(box.x, box.y - 4, numeral(node.value), font_size=13)
    return drawn


def _block(box: _Box) -> Markup:
    return element("rect", x=box.x, y=box.y, width=BLOCK, height=box.tall, fill=INK)


def _bands(start: dict[int, _Box], end: dict[int, _Box], flows: Sequence[Flow], scale: float) -> Markup:
    """The bands in the order of the nodes they reach, so that they cross each other as seldom as can be."""
    order = {key: number for number, key in enumerate((*start, *end))}
    left, right, drawn = dict.fromkeys(start, 0.0), dict.fromkeys(end, 0.0), NOTHING
    for each in sorted(flows, key=lambda flow: (order[flow.giver], order[flow.taker])):
        wide = each.value * scale
        giver, taker = start[each.giver], end[each.taker]
        top, reached = giver.y + left[each.giver], taker.y + right[each.taker]
        drawn += _band(giver.x + BLOCK, top, taker.x, reached, wide, MOVES if each.moves else STAYS)
        left[each.giver] += wide
        right[each.taker] += wide
    return drawn


def _band(x: float, y: float, to_x: float, to_y: float, wide: float, fill: str) -> Markup:
    half = (x + to_x) / 2
    d = (
        f"M{x:.1f} {y:.1f}C{half:.1f} {y:.1f} {half:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}v{wide:.1f}"
        f"C{half:.1f} {to_y + wide:.1f} {half:.1f} {y + wide:.1f} {x:.1f} {y + wide:.1f}z"
    )
    return path(d, fill=fill, stroke=INK, stroke_width=0.75)
