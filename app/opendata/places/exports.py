"""Projects as GeoJSON features."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import url_for

from app.core.addresses import whole
from app.opendata.places.rules import wound
from app.opendata.projects.rules import IATI
from app.opendata.rules import decimal, known, listed, project_id
from app.places.queries import areas
from app.proposals.spots import queries as spots
from app.proposals.spots.rules import Spot
from app.taskforces.projects import queries as projects
from app.taskforces.projects.queries import ProjectCard

Outlines = Mapping[int, Mapping[str, Any]]


def projects_geojson() -> Iterator[str]:
    """Every project as a feature, one in a line; only `spots.queries` knows which spots are public."""
    found = projects.everything()
    marked = spots.points([card.proposal_id for card in found])
    outlines = _outlines({card.neighborhood_id for card in found})
    features = (_feature(card, marked.get(card.proposal_id), outlines) for card in found)
    return listed({"type": "FeatureCollection"}, features=features)


def _outlines(neighborhood_ids: set[int]) -> Outlines:
    here = (area for place in sorted(neighborhood_ids) for area in areas(place))
    return {area.id: area.boundary for area in here if area.boundary}


def _feature(card: ProjectCard, spot: Spot | None, outlines: Outlines) -> dict[str, Any]:
    kind, geometry = _geometry(card, spot, outlines)
    return {
        "type": "Feature",
        "id": project_id(card.neighborhood_slug, card.cycle_id, card.code),
        "geometry": geometry,
        "properties": known(
            {
                "code": card.code,
                "title": card.title,
                "stage": card.stage.value,
                "status": card.verdict.status.value,
                "iati_status": IATI[card.stage],
                "category": card.category,
                "neighborhood": card.neighborhood,
                "area": card.area,
                "cycle": card.cycle_id,
                "year": card.year,
                "task_force": card.task_force,
                "located": kind,
                "currency": card.currency,
                "allocated": decimal(card.allocated_cents),
                "committed": decimal(card.committed_cents),
                "spent": decimal(card.spent_cents),
                "promised_on": card.promised_on.isoformat() if card.promised_on else None,
                "finish_on": card.finish_on.isoformat() if card.finish_on else None,
                "url": whole(url_for("projects.show", project_id=card.id)),
            }
        ),
    }


def _geometry(card: ProjectCard, spot: Spot | None, outlines: Outlines) -> tuple[str, dict[str, Any] | None]:
    """What is known to everybody of where it is: a spot, else its area, else nothing (RFC 7946, 3.2: null)."""
    if spot is not None:
        return "point", {"type": "Point", "coordinates": [spot.longitude, spot.latitude]}
    outline = outlines.get(card.area_id) if card.area_id is not None else None
    return ("area", wound(outline)) if outline else ("nowhere", None)
