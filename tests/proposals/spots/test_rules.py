"""Spots as they are typed, squares of a map, and why a place is not taken: as tables."""

import pytest

from app.places.queries import AreaFacts
from app.places.rules import box_around, grid_over, holds
from app.proposals.spots.rules import (
    Spot,
    Where,
    WhyNot,
    area_at,
    deeper,
    grid_in,
    read_spot,
    spot_of,
    squares,
    why_not,
)
from tests.proposals.spots.town import EAST, HOLE, IN_EAST, IN_WEST, OUTSIDE, WEST, outline

AREAS = [
    AreaFacts(id=1, name="Mill Lane", boundary=outline(WEST)),
    AreaFacts(id=2, name="East End", boundary=outline(EAST, HOLE)),
    AreaFacts(id=3, name="Not drawn yet", boundary=None),
]


@pytest.mark.parametrize(
    ("typed", "spot"),
    [
        ("40.7128, -74.006", Spot(longitude=-74.006, latitude=40.7128)),
        ("  (40.712812345,-74.0060049)  ", Spot(longitude=-74.006, latitude=40.71281)),
        ("-33.5 151", Spot(longitude=151, latitude=-33.5)),
        ("50.0° ; 10.0°", Spot(longitude=10, latitude=50)),
        ("90, 180", Spot(longitude=180, latitude=90)),
    ],
)
def test_a_typed_pair_is_latitude_first(typed, spot):
    assert read_spot(typed) == spot
    assert read_spot(spot.typed()) == spot


@pytest.mark.parametrize(
    "typed",
    ["", "40", "91, 0", "0, 181", "40,5, 10,5", "nan, nan", "inf, 0", "1e1, 2", "٤٠, ١٠", "4, 1, 5", "1" * 60, "b, 1"],
)
def test_anything_else_is_no_spot(typed):
    assert read_spot(typed) is None


@pytest.mark.parametrize(
    ("longitude", "latitude", "inside"),
    [
        (10.015, 50.005, True),
        (10.0139, 50.0021, False),
        (10.0125, 50.0039, True),
        (10.009, 50.005, False),
        (10.015, 50.02, False),
        (190.0, 50.005, False),
    ],
)
def test_a_spot_is_inside_an_outline_but_not_in_its_hole(longitude, latitude, inside):
    assert holds(outline(EAST, HOLE), longitude, latitude) is inside


def test_a_spot_on_the_line_between_two_areas_belongs_to_one_of_them():
    assert [a.name for a in AREAS if a.boundary and holds(a.boundary, 10.01, 50.005)] == ["East End"]


def test_a_grid_has_eight_squares_along_the_longer_side_and_covers_the_map():
    grid = grid_over(box_around([WEST_AND_EAST]))
    names = [name for name, _box in grid.squares()]
    assert (names[0], names[-1], grid.columns) == ("A1", f"H{grid.rows}", 8)
    assert 5 <= grid.rows <= 8
    boxes = [box for _name, box in grid.squares()]
    assert min(b.west for b in boxes) == 10.0 and max(b.north for b in boxes) == 50.01


WEST_AND_EAST = {"type": "MultiPolygon", "coordinates": [[WEST], [EAST]]}


def test_every_square_that_is_offered_marks_a_spot_inside_its_area():
    offered = squares(AREAS, "")
    assert len(offered) == len({name for name, _area, _at in offered}) > 20
    assert all(area_at(AREAS, at).name == area for _name, area, at in offered)
    assert all(spot_of(AREAS, name) == at for name, _area, at in offered)


def test_a_square_is_divided_twice_and_then_no_more():
    inner = squares(AREAS, "C2-B2")
    assert inner and all(name.startswith("C2-B2-") for name, _area, _at in inner)
    assert deeper("C2") and deeper("C2-B2") and not deeper("C2-B2-A1")
    outer = grid_in(AREAS, "").square("C2")
    assert outer.west <= spot_of(AREAS, "C2-B2-A1").longitude <= outer.east


@pytest.mark.parametrize("path", ["Z9", "C2-Z9", "C2-", "-", "c2", "C2-B2-A1-A1", "C0", "C2;", "💡", "A1" * 500])
def test_a_square_that_is_none_marks_nothing(path):
    assert spot_of(AREAS, path) is None


@pytest.mark.parametrize(
    ("where", "more", "reason"),
    [
        (Where.POINT, {"at": IN_WEST}, None),
        (Where.POINT, {"at": OUTSIDE}, WhyNot.OUTSIDE),
        (Where.AREA, {"at": OUTSIDE}, WhyNot.OUTSIDE),
        (Where.POINT, {}, WhyNot.NO_POINT),
        (Where.AREA, {"keeps": True}, None),
        (Where.POINT, {"at": IN_EAST, "words": ""}, WhyNot.NO_WORDS),
        (Where.POINT, {"at": IN_EAST, "areas": AREAS[2:]}, WhyNot.NO_MAP),
        (Where.AREA, {"at": IN_WEST, "words": "40 Mill Lane"}, WhyNot.TELLS_NUMBER),
        (Where.AREA, {"keeps": True, "words": "شارع ٤٠"}, WhyNot.TELLS_NUMBER),
        (Where.POINT, {"at": IN_WEST, "words": "40 Mill Lane"}, None),
        (Where.WORDS, {}, None),
        (Where.WORDS, {"words": "ab"}, WhyNot.NO_WORDS),
        (Where.WORDS, {"area_id": 9}, WhyNot.FOREIGN_AREA),
        (Where.EVERYWHERE, {"words": "", "area_id": 9}, None),
    ],
)
def test_why_a_place_is_not_taken(where, more, reason):
    asked = {"areas": AREAS, "words": "By the mill", "area_id": None, "at": None, "keeps": False} | more
    assert why_not(where, asked.pop("areas"), **asked) == reason
