"""Maps: one picture with its words, attributes only, and nothing drawn outside."""

import re
import xml.etree.ElementTree as ET

from app.places.maps import MARGIN, TALLEST, WIDTH, Point, Shape, draw

SVG = "{http://www.w3.org/2000/svg}"
RING = [[-74.0, 40.0], [-73.9, 40.0], [-73.9, 40.1], [-74.0, 40.1], [-74.0, 40.0]]
HOLE = [[-73.96, 40.04], [-73.94, 40.04], [-73.94, 40.06], [-73.96, 40.04]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}


def drawn(*shapes, points=()):
    return ET.fromstring(draw(shapes, points, title="Map of Riverside", description="Two areas"))


def spots(path):
    return [tuple(map(float, pair.split())) for pair in re.findall(r"[\d.]+ [\d.]+", path.get("d"))]


def test_the_words_for_those_who_do_not_see_it_come_first():
    root = drawn(Shape(name="Old Town", boundary=SQUARE))
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.get("role") == "img"


def test_everything_lies_inside_the_picture():
    root = drawn(Shape(name="Old Town", boundary=SQUARE), points=[Point(longitude=-73.8, latitude=40.3, label="1")])
    height = float(root.get("viewBox").split()[3])
    circle = root.find(f"{SVG}circle")
    inside = [*spots(root.find(f"{SVG}path")), (float(circle.get("cx")), float(circle.get("cy")))]
    assert height <= TALLEST
    assert all(MARGIN - 0.1 <= x <= WIDTH - MARGIN + 0.1 and MARGIN - 0.1 <= y <= height for x, y in inside)


def test_north_is_up_and_a_degree_east_is_narrower_than_one_north():
    (south_west, south_east, north_east, *_rest) = spots(drawn(Shape(name="A", boundary=SQUARE)).find(f"{SVG}path"))
    assert north_east[1] < south_east[1] and south_west[0] < south_east[0]
    assert round((south_east[0] - south_west[0]) / (south_east[1] - north_east[1]), 2) == 0.77


def test_a_hole_stays_open():
    shape = Shape(name="Ring", boundary={"type": "Polygon", "coordinates": [RING, HOLE]})
    path = drawn(shape).find(f"{SVG}path")
    assert path.get("fill-rule") == "evenodd" and path.get("d").count("M") == 2


def test_names_are_escaped_and_nothing_is_styled_inline():
    svg = draw([Shape(name="<script>&", boundary=SQUARE)], title='"Map"')
    assert "<script>" not in svg and "style" not in svg and "class=" not in svg


def test_a_place_without_outlines_has_no_map():
    assert draw([], title="Nothing") is None


def test_a_single_point_is_drawn_without_dividing_by_nothing():
    assert drawn(points=[Point(longitude=0.0, latitude=0.0, label="1")]).find(f"{SVG}circle") is not None


def test_a_strip_of_land_fits_too():
    strip = {"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [10, 0.001], [0, 0.001], [0, 0]]]}
    assert float(drawn(Shape(name="Strip", boundary=strip)).get("viewBox").split()[3]) >= 2 * MARGIN
