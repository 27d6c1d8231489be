"""Projects as GeoJSON: public spots, outlines in the order of RFC 7946, and never the degrees of a private address."""

import pytest

from app.accounts.queries import actor_of
from app.core.db import db
from app.opendata.places import exports
from app.opendata.places.rules import wound
from app.proposals.spots import queries as spots
from app.proposals.spots import services
from app.proposals.spots.models import ExactSpot
from app.proposals.spots.rules import Spot, Where
from app.proposals.spots.services import SayWhere
from tests import make
from tests.opendata import files
from tests.proposals.spots.town import HOLE, IN_WEST, WEST, outline, proposal

FILES = ("/open/projects.geojson", "/open/projects/oc4ids.json", "/open/catalog.json", "/open/data/places")
DIGITS = ("00437", "00612")


def funded(where, at):
    """A project whose proposal was said to be at a spot."""
    row = proposal()
    services.say(row.id, SayWhere(where=where, place="A home near the mill", at=at), by=actor_of(row.author))
    return make.project(body=make.task_force(where=row.cycle.neighborhood), cycle=row.cycle, proposal=row)


def only(app):
    (feature,) = files.data(app, FILES[0])["features"]
    return feature


def telling(app):
    return [address for address in FILES if any(digits in files.text(app, address) for digits in DIGITS)]


def test_a_public_spot_is_a_point_longitude_first(app):
    project = funded(Where.POINT, IN_WEST)
    feature = only(app)
    assert feature["geometry"] == {"type": "Point", "coordinates": [IN_WEST.longitude, IN_WEST.latitude]}
    assert feature["properties"]["located"] == "point"
    assert feature["properties"]["url"].endswith(f"/projects/{project.id}")


def test_a_private_address_is_the_outline_of_its_area_in_every_open_file(app):
    funded(Where.AREA, IN_WEST)
    assert telling(app) == []
    feature = only(app)
    assert (feature["geometry"]["type"], feature["properties"]["located"]) == ("Polygon", "area")


def test_the_check_notices_an_export_that_reads_private_spots(app, monkeypatch):
    funded(Where.AREA, IN_WEST)

    def every_spot(ids):
        kept = db.session.query(ExactSpot).filter(ExactSpot.proposal_id.in_(ids))
        return {row.proposal_id: Spot(longitude=row.longitude, latitude=row.latitude) for row in kept}

    monkeypatch.setattr(spots, "points", every_spot)
    assert telling(app) == list(FILES[:2])


def test_a_project_that_is_nowhere_has_no_geometry(app):
    make.project()
    feature = only(app)
    assert feature["geometry"] is None and feature["properties"]["located"] == "nowhere"


def turning(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False))


@pytest.mark.parametrize("flip", [False, True])
def test_outer_rings_run_against_the_clock_and_holes_with_it(flip):
    rings = [list(reversed(ring)) if flip else ring for ring in (WEST, HOLE)]
    drawn = [wound(outline(*rings)), wound({"type": "MultiPolygon", "coordinates": [rings]})]
    for outer, hole in (drawn[0]["coordinates"], drawn[1]["coordinates"][0]):
        assert turning(outer) > 0 > turning(hole)
        assert outer[0] == outer[-1] and hole[0] == hole[-1]


def test_the_file_is_read_in_few_statements_however_many_projects_there_are(app, statements):
    body = make.task_force()
    for _each in range(3):
        make.project(body=body)
    statements.clear()
    with app.test_request_context():
        assert "".join(exports.projects_geojson()).count('"Feature"') == 3
    assert len(statements) <= 3
