"""What a place may be called and drawn as: addresses, and boundaries in GeoJSON (RFC 7946) held to the letter."""

import json
import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import available_timezones

CURRENCIES = ("USD", "AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "MXN", "NOK", "NZD", "PLN", "SEK", "ZAR")
"""Currencies offered: all of them divide into a hundred."""

ICONS = ("youth", "lighting", "wellbeing", "routes", "mediation", "gathering", "other")
"""The drawings the theme offers for categories."""

MOST_POINTS = 20_000
MOST_AREAS = 100
DECIMALS = 6
"""Decimals of a degree we keep: about ten centimeters on the ground."""
SPOT_DECIMALS = 5
"""Decimals we keep of a spot that somebody marks: about one meter."""
MOST_SQUARES = 8
"""Squares along the longer side of a map with a grid."""
DEEPEST = 3
"""How often a square is divided again at the most: of a town of two kilometers, four meters are left."""

_TILES = re.compile(
    r"(?P<host>https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?|http://(?:localhost|127\.0\.0\.1)(?::\d{1,5})?)"
    r"(?P<path>/[A-Za-z0-9._~/{}-]*)(?:\?[A-Za-z0-9._~/{}=&-]*)?"
)


class Flaw(StrEnum):
    """What is wrong with a boundary."""

    NOT_JSON = "not_json"
    NOT_GEOJSON = "not_geojson"
    NO_POLYGON = "no_polygon"
    FOREIGN_CRS = "foreign_crs"
    BAD_POSITION = "bad_position"
    OUT_OF_RANGE = "out_of_range"
    SHORT_RING = "short_ring"
    OPEN_RING = "open_ring"
    FLAT_RING = "flat_ring"
    TOO_MANY_POINTS = "too_many_points"
    TOO_MANY_AREAS = "too_many_areas"
    NOTHING = "nothing"


class BadBoundary(ValueError):
    """A boundary we cannot draw; `flaw` says why, `place` which area (from 1) it is about."""

    def __init__(self, flaw: Flaw, place: int = 1) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw
        self.place = place


@dataclass(frozen=True, kw_only=True)
class Boundary:
    """One outline that was read: its name where the file gives one, and a Polygon or MultiPolygon in WGS 84."""

    name: str | None
    geometry: dict[str, Any]


def slug_of(name: str, *, most: int = 60) -> str:
    """The name as a part of an address: small ASCII letters, digits and hyphens; `place` where nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:most].strip("-") or "place"


def is_slug(text: str) -> bool:
    """Whether `text` can stand in an address as it is."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None


def time_zones() -> list[str]:
    """The time zones to choose from: UTC and those named after a region and a city."""
    regions = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return ["UTC", *sorted(zone for zone in available_timezones() if zone.split("/")[0] in regions)]


def boundaries(text: str) -> list[Boundary]:
    """The outlines in a GeoJSON Polygon, MultiPolygon, Feature or FeatureCollection; raises BadBoundary."""
    try:
        data = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as reason:
        raise BadBoundary(Flaw.NOT_JSON) from reason
    found = [_boundary(feature, place) for place, feature in enumerate(_features(data), start=1)]
    if sum(len(ring) for b in found for polygon in polygons(b.geometry) for ring in polygon) > MOST_POINTS:
        raise BadBoundary(Flaw.TOO_MANY_POINTS)
    return found


def polygons(geometry: Mapping[str, Any]) -> list[list[list[list[float]]]]:
    """The polygons of a Polygon or MultiPolygon: each a list of rings, each a list of [longitude, latitude]."""
    coordinates: list[Any] = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Polygon" else coordinates


def _no_constant(word: str) -> float:
    raise ValueError(word)


def _features(data: Any) -> list[dict[str, Any]]:
    if not isinstance(data, dict) or not isinstance(data.get("type"), str):
        raise BadBoundary(Flaw.NOT_GEOJSON)
    if data.get("crs") is not None and "CRS84" not in json.dumps(data["crs"]) and "4326" not in json.dumps(data["crs"]):
        raise BadBoundary(Flaw.FOREIGN_CRS)
    if data["type"] != "FeatureCollection":
        return [data]
    features = data.get("features")
    if not isinstance(features, list) or not all(isinstance(f, dict) and f.get("type") == "Feature" for f in features):
        raise BadBoundary(Flaw.NOT_GEOJSON)
    if not features:
        raise BadBoundary(Flaw.NOTHING)
    if len(features) > MOST_AREAS:
        raise BadBoundary(Flaw.TOO_MANY_AREAS)
    return features


def _boundary(feature: dict[str, Any], place: int) -> Boundary:
    is_feature = feature["type"] == "Feature"
    geometry = feature.get("geometry") if is_feature else feature
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise BadBoundary(Flaw.NO_POLYGON, place)
    parts = geometry.get("coordinates")
    if not isinstance(parts, list) or not parts:
        raise BadBoundary(Flaw.NO_POLYGON, place)
    kind = geometry["type"]
    clean = _polygon(parts, place) if kind == "Polygon" else [_polygon(part, place) for part in parts]
    return Boundary(name=_name(feature) if is_feature else None, geometry={"type": kind, "coordinates": clean})


def _name(feature: dict[str, Any]) -> str | None:
    properties = feature.get("properties")
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str):
        return None
    kept = "".join(sign for sign in name if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cs"))
    return " ".join(kept.split())[:120].strip() or None


def _polygon(rings: Any, place: int) -> list[list[list[float]]]:
    if not isinstance(rings, list) or not rings:
        raise BadBoundary(Flaw.NO_POLYGON, place)
    return [_ring(ring, place) for ring in rings]


def _ring(ring: Any, place: int) -> list[list[float]]:
    if not isinstance(ring, list):
        raise BadBoundary(Flaw.NO_POLYGON, place)
    if len(ring) > MOST_POINTS:
        raise BadBoundary(Flaw.TOO_MANY_POINTS, place)
    points = [_position(position, place) for position in ring]
    if len(points) < 4:
        raise BadBoundary(Flaw.SHORT_RING, place)
    if points[0] != points[-1]:
        raise BadBoundary(Flaw.OPEN_RING, place)
    if abs(ring_area(points)) < 1e-12:
        raise BadBoundary(Flaw.FLAT_RING, place)
    return points


def ring_area(points: list[list[float]]) -> float:
    """Twice the signed area of a closed ring, in square degrees; it only says which ring is larger, or none at all."""
    origin_x, origin_y = points[0]
    pairs = zip(points, points[1:], strict=False)
    return sum((a[0] - origin_x) * (b[1] - origin_y) - (b[0] - origin_x) * (a[1] - origin_y) for a, b in pairs)


def _position(position: Any, place: int) -> list[float]:
    if not isinstance(position, list) or len(position) not in (2, 3) or not all(_is_number(n) for n in position):
        raise BadBoundary(Flaw.BAD_POSITION, place)
    longitude, latitude = position[:2]
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise BadBoundary(Flaw.OUT_OF_RANGE, place)
    return [round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)]


def _is_number(value: Any) -> bool:
    # The bound comes first: a whole number beyond it may not fit a float at all.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9 and math.isfinite(value)


@dataclass(frozen=True, kw_only=True)
class Box:
    """A stretch of the ground between two longitudes and two latitudes."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, as longitude and latitude."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A map divided as on paper: A, B, C … from west to east, 1, 2, 3 … from north to south."""

    box: Box
    columns: int
    rows: int

    def squares(self) -> Iterator[tuple[str, Box]]:
        """Every square with its name, row by row."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield f"{chr(65 + column)}{row + 1}", self._square(column, row)

    def square(self, name: str) -> Box | None:
        """The square of that name, or None."""
        return dict(self.squares()).get(name)

    def _square(self, column: int, row: int) -> Box:
        across = (self.box.east - self.box.west) / self.columns
        down = (self.box.north - self.box.south) / self.rows
        west, north = self.box.west + column * across, self.box.north - row * down
        return Box(west=west, south=north - down, east=west + across, north=north)


def box_around(geometries: Sequence[Mapping[str, Any]]) -> Box | None:
    """The smallest box around all of these outlines; None without any."""
    spots = [spot for geometry in geometries for polygon in polygons(geometry) for spot in polygon[0]]
    if not spots:
        return None
    longitudes, latitudes = [spot[0] for spot in spots], [spot[1] for spot in spots]
    return Box(west=min(longitudes), south=min(latitudes), east=max(longitudes), north=max(latitudes))


def thinned(geometry: Mapping[str, Any], step: float) -> dict[str, Any]:
    """An outline with only those of its points that lie at least about a step from the one before, for small maps."""
    rings = [[_far_apart(ring, step) for ring in polygon] for polygon in polygons(geometry)]
    return {"type": "MultiPolygon", "coordinates": rings}


def _far_apart(ring: list[list[float]], step: float) -> list[list[float]]:
    kept = [ring[0]]
    for spot in ring[1:-1]:
        if max(abs(spot[0] - kept[-1][0]), abs(spot[1] - kept[-1][1])) >= step:
            kept.append(spot)
    return [*kept, ring[-1]] if len(kept) > 2 else ring


def grid_over(box: Box) -> Grid:
    """A grid of about square squares, eight along the longer side."""
    across = (box.east - box.west) * max(0.01, math.cos(math.radians(box.middle[1])))
    down = box.north - box.south
    longer = max(across, down)
    columns, rows = (max(1, round(MOST_SQUARES * side / longer)) if longer else 1 for side in (across, down))
    return Grid(box=box, columns=columns, rows=rows)


def crossings(geometry: Mapping[str, Any], latitude: float) -> list[float]:
    """The longitudes at which the line of a latitude crosses an outline, from west to east."""
    rings = [ring for polygon in polygons(geometry) for ring in polygon]
    found = []
    for ring in rings:
        for a, b in zip(ring, ring[1:], strict=False):
            if (a[1] > latitude) != (b[1] > latitude):
                found.append(a[0] + (latitude - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
    return sorted(found)


def lies_between(crossed: Sequence[float], longitude: float) -> bool:
    """Whether a spot lies inside an outline whose `crossings` at its latitude are these: past an odd number of them."""
    return bisect_right(crossed, longitude) % 2 == 1


def holds(geometry: Mapping[str, Any], longitude: float, latitude: float) -> bool:
    """Whether a spot lies inside an outline, and in none of its holes."""
    return lies_between(crossings(geometry, latitude), longitude)


def tile_source(address: str) -> str:
    """Where the tiles of an address like https://tiles.example.org/{z}/{x}/{y}.png come from, as a policy names it.

    Only what is fixed in the address: its host, and the folders before its first part in braces. ValueError where it
    is no such address; plain http only on this machine.
    """
    found = _TILES.fullmatch(address)
    named = re.findall(r"{[^}]*}", address)
    if found is None or sorted(named) != ["{x}", "{y}", "{z}"]:
        raise ValueError(address)
    return found["host"] + found["path"].partition("{")[0].rpartition("/")[0] + "/"
