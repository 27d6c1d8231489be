"""The outlines of a neighborhood's areas, for maps."""

import json

from app.places import queries
from app.places.queries import NeighborhoodFacts


def outlines(where: NeighborhoodFacts) -> str:
    """Every area that is drawn, as GeoJSON."""
    features = [
        {"type": "Feature", "properties": {"name": area.name}, "geometry": area.boundary}
        for area in queries.areas(where.id)
        if area.boundary is not None
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
