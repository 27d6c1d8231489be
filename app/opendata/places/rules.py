"""The geometry of a feature as RFC 7946 wants it: outer rings against the clock, holes with it."""

from collections.abc import Mapping, Sequence
from typing import Any

Ring = Sequence[Sequence[float]]


def wound(outline: Mapping[str, Any]) -> dict[str, Any]:
    """A Polygon or MultiPolygon with its rings in the order that RFC 7946, 3.1.6 asks for."""
    if outline["type"] == "Polygon":
        return {"type": "Polygon", "coordinates": _polygon(outline["coordinates"])}
    return {"type": "MultiPolygon", "coordinates": [_polygon(rings) for rings in outline["coordinates"]]}


def _polygon(rings: Sequence[Ring]) -> list[Ring]:
    return [_turned(ring, against=place == 0) for place, ring in enumerate(rings)]


def _turned(ring: Ring, *, against: bool) -> Ring:
    pairs = zip(ring, ring[1:], strict=False)
    twice_the_area = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairs)
    return ring if (twice_the_area < 0) == against else list(reversed(ring))
