"""A neighborhood with two areas side by side on the map, and spots in and around them."""

from app.core.db import transaction
from app.places.models import Area
from app.proposals.spots.rules import Spot
from tests import make

WEST = [[10.0, 50.0], [10.01, 50.0], [10.01, 50.01], [10.0, 50.01], [10.0, 50.0]]
EAST = [[10.01, 50.0], [10.02, 50.0], [10.02, 50.01], [10.01, 50.01], [10.01, 50.0]]
HOLE = [[10.012, 50.002], [10.014, 50.002], [10.014, 50.004], [10.012, 50.002]]
IN_WEST, IN_EAST, OUTSIDE = (Spot(longitude=x, latitude=50.00612) for x in (10.00437, 10.01637, 10.03))


def outline(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def mapped(**more):
    """A neighborhood with a map: Mill Lane in the west, and East End with a hole in it."""
    where = make.neighborhood(**more)
    with transaction():
        where.areas[0].boundary = outline(WEST)
        where.areas.append(Area(name="East End", boundary=outline(EAST, HOLE)))
    return where


def proposal(**more):
    """A proposal in it."""
    return make.proposal(within=more.pop("within", None) or make.cycle(where=mapped()), **more)
