"""The ground of Riverside: five areas along a river, and six categories."""

from app.core.access import Actor
from app.demo.days import ZONE
from app.demo.texts import outlines, riverside
from app.places import services
from app.places.models import Neighborhood
from app.places.rules import boundaries
from app.places.services import DescribeCategory, DescribeNeighborhood, DrawArea
from app.proposals.help_prices import services as prices
from app.proposals.help_prices.services import SetPrice

CATEGORIES = {
    "lighting": "Street lighting",
    "routes": "Safer routes",
    "youth": "Youth programs",
    "wellbeing": "Mental-health support",
    "mediation": "Mediation",
    "gathering": "Gathering places",
}
PRICES = (
    ("Street lamp with pole, each", 2_900, "With base and connection, from the city's contract"),
    ("Wall lamp, each", 1_450, ""),
    ("Bench, each", 1_100, "Set in concrete"),
    ("Crosswalk, repainted", 3_200, ""),
    ("Youth worker, an hour", 45, "With insurance"),
    ("Room in the library, an evening", 60, ""),
)


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
    for label, dollars, note in PRICES:
        prices.add(where.id, SetPrice(label=label, amount_cents=dollars * 100, note=note), by=by)
    return where
