"""What a place may be called and drawn as: addresses, and boundaries in GeoJSON (RFC 7946) held to the letter."""

import json
import math
import re
import unicodedata
from collections.abc import Mapping
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
    return " ".join(name.split())[:120] or None if isinstance(name, str) else None


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
