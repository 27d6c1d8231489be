"""The ground of Riverside: five areas along a river, and six categories."""

from typing import Any

from app.core.access import Actor
from app.demo.days import ZONE
from app.demo.texts import riverside
from app.places import services
from app.places.models import Neighborhood
from app.places.services import DescribeCategory, DescribeNeighborhood, DrawArea

CATEGORIES = {
    "lighting": "Street lighting",
    "routes": "Safer routes",
    "youth": "Youth programs",
    "wellbeing": "Mental-health support",
    "mediation": "Mediation",
    "gathering": "Gathering places",
}
WEST, SOUTH, STEP = -74.020, 40.700, 0.001
OUTLINES: dict[str, list[tuple[float, float]]] = {
    "Station Hill": [(0, 14), (9, 15), (10, 9), (5, 7), (0, 8)],
    "Mill Lane": [(0, 8), (5, 7), (10, 9), (12, 4), (8, 1), (0, 0)],
    "Willow Park": [(9, 15), (19, 16), (20, 10), (15, 10), (10, 9)],
    "Old Quay": [(10, 9), (15, 10), (20, 10), (21, 5), (17, 3), (12, 4)],
    "Eastbank": [(21, 16), (27, 15), (28, 6), (23, 2), (22.5, 5), (21.5, 10)],
}
"""Corners on a grid of about 85 by 110 meters; the river runs between Old Quay and Eastbank."""


def neighborhood(by: Actor) -> Neighborhood:
    """Riverside with its areas and categories."""
    told = riverside()["neighborhood"]
    described = DescribeNeighborhood(
        name=told["name"],
        slug="riverside",
        summary=told["summary"],
        time_zone=ZONE,
        currency="USD",
        languages=("en", "es"),
    )
    where = services.create_neighborhood(described, by=by)
    areas = tuple(DrawArea(name=name, boundary=_polygon(corners)) for name, corners in OUTLINES.items())
    services.add_areas(where.id, areas, by=by)
    for icon, name in CATEGORIES.items():
        services.add_category(where.id, DescribeCategory(name=name, icon=icon), by=by)
    return where


def _polygon(corners: list[tuple[float, float]]) -> dict[str, Any]:
    ring = [[round(WEST + x * STEP, 6), round(SOUTH + y * STEP, 6)] for x, y in corners]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
