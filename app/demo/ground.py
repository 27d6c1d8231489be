"""The ground of Riverside: five areas along a river, and six categories."""

from app.core.access import Actor
from app.demo.days import ZONE
from app.demo.texts import outlines, riverside
from app.places import services
from app.places.models import Neighborhood
from app.places.rules import boundaries
from app.places.services import DescribeCategory, DescribeNeighborhood, DrawArea

CATEGORIES = {
    "lighting": "Street lighting",
    "routes": "Safer routes",
    "youth": "Youth programs",
    "wellbeing": "Mental-health support",
    "mediation": "Mediation",
    "gathering": "Gathering places",
}


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
    areas = tuple(DrawArea(name=drawn.name or "", boundary=drawn.geometry) for drawn in boundaries(outlines()))
    services.add_areas(where.id, areas, by=by)
    for icon, name in CATEGORIES.items():
        services.add_category(where.id, DescribeCategory(name=name, icon=icon), by=by)
    return where
