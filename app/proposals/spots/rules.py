"""Where a proposal can be, which squares of the map lie in the neighborhood, and what a typed spot means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from app.places.rules import (
    DEEPEST,
    SPOT_DECIMALS,
    Box,
    Grid,
    box_around,
    crossings,
    grid_over,
    holds,
    lies_between,
)

_PAIR = re.compile(r"\(?\s*(-?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*\)?", re.ASCII)
_TRIES = (0.5, 0.25, 0.75)
"""Where in a square we look for ground that belongs to the neighborhood, as shares of its sides: the middle first."""


class Where(StrEnum):
    """How a proposal says where it is. Private addresses are shown as their area."""

    POINT = "point"
    AREA = "area"
    WORDS = "words"
    EVERYWHERE = "everywhere"


ON_THE_MAP = frozenset({Where.POINT, Where.AREA})


class WhyNot(StrEnum):
    """Why a place is not taken."""

    NO_MAP = "no_map"
    NO_POINT = "no_point"
    OUTSIDE = "outside"
    NO_WORDS = "no_words"
    TELLS_NUMBER = "tells_number"
    FOREIGN_AREA = "foreign_area"


class Drawn(Protocol):
    """An area of the neighborhood."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def boundary(self) -> Mapping[str, Any] | None:
        """Its outline in GeoJSON, or None where it has not been drawn."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A spot on the ground, in degrees; kept to about a meter."""

    longitude: float
    latitude: float

    def typed(self) -> str:
        """The spot as it is typed: latitude first, as maps on phones have it."""
        return f"{self.latitude:.{SPOT_DECIMALS}f}, {self.longitude:.{SPOT_DECIMALS}f}"


def spot(longitude: float, latitude: float) -> Spot:
    """A spot, rounded to what we keep."""
    return Spot(longitude=round(longitude, SPOT_DECIMALS), latitude=round(latitude, SPOT_DECIMALS))


def read_spot(text: str) -> Spot | None:
    """The spot behind a typed pair of degrees, latitude first, as in “40.71280, -74.00600”; None where it is none."""
    found = _PAIR.fullmatch(text.strip())
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return spot(longitude, latitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def has_map(areas: Sequence[Drawn]) -> bool:
    """Whether any area has been drawn, so that a spot can be told from one outside."""
    return any(area.boundary for area in areas)


def area_at(areas: Sequence[Drawn], at: Spot) -> Drawn | None:
    """The first area that holds a spot; None where it lies outside of the neighborhood."""
    return next((a for a in areas if a.boundary and holds(a.boundary, at.longitude, at.latitude)), None)


def grid_in(areas: Sequence[Drawn], path: str) -> Grid | None:
    """The grid of the whole map, or of the square that `path` names (as in C4, or C4-B2 within it), or None."""
    box = box_around([area.boundary for area in areas if area.boundary])
    grid = grid_over(box) if box else None
    for name in path.split("-") if path else []:
        square = grid.square(name) if grid else None
        grid = grid_over(square) if square else None
    return grid


def deeper(path: str) -> bool:
    """Whether the square that `path` names may be divided again."""
    return path.count("-") + 1 < DEEPEST


def squares(areas: Sequence[Drawn], path: str) -> list[tuple[str, str, Spot]]:
    """The squares with ground of the neighborhood in them: their path, the area, and a spot in both."""
    grid = grid_in(areas, path)
    if grid is None:
        return []
    ground = Ground(areas)
    found = [(f"{path}-{name}" if path else name, ground.first_in(box)) for name, box in grid.squares()]
    return [(name, *hit) for name, hit in found if hit is not None]


def spot_of(areas: Sequence[Drawn], path: str) -> Spot | None:
    """The spot that choosing a square marks; None where there is no such square in the neighborhood."""
    *outer, _last = path.split("-")
    if len(outer) >= DEEPEST:
        return None
    return next((at for name, _area, at in squares(areas, "-".join(outer)) if name == path), None)


class Ground:
    """The drawn areas, asked about many spots: each outline is walked once for each latitude."""

    def __init__(self, areas: Sequence[Drawn]) -> None:
        self.areas = areas
        self.crossed: dict[tuple[int, float], list[float]] = {}

    def first_in(self, box: Box) -> tuple[str, Spot] | None:
        """The name of an area and a spot of it in this box: its middle if that can be."""
        for down in _TRIES:
            for across in _TRIES:
                at = spot(box.west + across * (box.east - box.west), box.north - down * (box.north - box.south))
                name = self._area_at(at)
                if name is not None:
                    return name, at
        return None

    def _area_at(self, at: Spot) -> str | None:
        for area in self.areas:
            if area.boundary:
                key = area.id, at.latitude
                if key not in self.crossed:
                    self.crossed[key] = crossings(area.boundary, at.latitude)
                if lies_between(self.crossed[key], at.longitude):
                    return area.name
        return None


def why_not(
    where: Where, areas: Sequence[Drawn], *, words: str, area_id: int | None, at: Spot | None, keeps: bool
) -> WhyNot | None:
    """The first reason not to take a place, or None; `keeps` where a private spot is kept that was told before."""
    if where in ON_THE_MAP:
        if not has_map(areas):
            return WhyNot.NO_MAP
        if at is None and not keeps:
            return WhyNot.NO_POINT
        if at is not None and area_at(areas, at) is None:
            return WhyNot.OUTSIDE
    if where is not Where.EVERYWHERE and len(words) < 3:
        return WhyNot.NO_WORDS
    if where is Where.AREA and any(sign.isnumeric() for sign in words):
        return WhyNot.TELLS_NUMBER
    foreign = where is Where.WORDS and area_id is not None and area_id not in {area.id for area in areas}
    return WhyNot.FOREIGN_AREA if foreign else None
