"""Outlines in GeoJSON: read to the letter, or refused with the reason."""

import json
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.places.rules import ICONS, BadBoundary, Flaw, boundaries, is_slug, slug_of
from app.places.words import FLAWS, flaw
from tests.house import TEMPLATES

RING = [[-74.0, 40.0], [-73.9, 40.0], [-73.9, 40.1], [-74.0, 40.1], [-74.0, 40.0]]
SQUARE = MappingProxyType({"type": "Polygon", "coordinates": [RING]})


def polygon(ring):
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def feature(name=None, **geometry):
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry or dict(SQUARE)}


def test_every_kind_of_outline_is_read():
    whole = {"type": "FeatureCollection", "features": [feature("North"), feature("South")]}
    assert [b.name for b in boundaries(json.dumps(whole))] == ["North", "South"]
    assert boundaries(json.dumps(feature("Old  Town")))[0].name == "Old Town"
    assert boundaries(json.dumps(dict(SQUARE)))[0].geometry == SQUARE
    several = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}
    assert boundaries(json.dumps(several))[0].geometry["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    ("name", "read"),
    [("a\0b", "ab"), ("\ud800", None), ("  ", None), ("خانه\u200cها", "خانه\u200cها"), ("x" * 300, "x" * 120)],
)
def test_a_name_in_a_file_holds_only_what_a_database_and_a_page_can_show(name, read):
    assert boundaries(json.dumps(feature(name)))[0].name == read


def test_heights_are_dropped_and_degrees_kept_to_ten_centimeters():
    ring = [[x + 1e-9, y, 12.5] for x, y in RING]
    assert boundaries(polygon(ring))[0].geometry["coordinates"] == [RING]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Flaw.NOT_JSON),
        ("{", Flaw.NOT_JSON),
        ("[" * 100_000, Flaw.NOT_JSON),
        ('{"type": "Polygon", "coordinates": [[[NaN, 0]]]}', Flaw.NOT_JSON),
        ("[]", Flaw.NOT_GEOJSON),
        ('{"type": "FeatureCollection"}', Flaw.NOT_GEOJSON),
        ('{"type": "FeatureCollection", "features": [{"type": "Polygon"}]}', Flaw.NOT_GEOJSON),
        ('{"type": "FeatureCollection", "features": []}', Flaw.NOTHING),
        ('{"type": "Feature", "geometry": null}', Flaw.NO_POLYGON),
        ('{"type": "Point", "coordinates": [0, 0]}', Flaw.NO_POLYGON),
        ('{"type": "Polygon", "coordinates": []}', Flaw.NO_POLYGON),
        ('{"type": "MultiPolygon", "coordinates": [[]]}', Flaw.NO_POLYGON),
        ('{"type": "Polygon", "crs": {"name": "EPSG:3857"}, "coordinates": []}', Flaw.FOREIGN_CRS),
        (polygon([[0, 0], [1, 0], ["x", 1], [0, 0]]), Flaw.BAD_POSITION),
        (polygon([[0, 0], [1, 0], [True, 1], [0, 0]]), Flaw.BAD_POSITION),
        (polygon([[0, 0], [1, 0], [10**400, 1], [0, 0]]), Flaw.BAD_POSITION),
        (polygon([[0, 0], [583_960, 4_507_523], [1, 1], [0, 0]]), Flaw.OUT_OF_RANGE),
        (polygon([[0, 0], [1, 0], [0, 0]]), Flaw.SHORT_RING),
        (polygon([[0, 0], [1, 0], [1, 1], [0, 1]]), Flaw.OPEN_RING),
        (polygon([[0, 0], [1, 1], [2, 2], [0, 0]]), Flaw.FLAT_RING),
        (polygon([[0, 0], *[[n / 1e6, 1] for n in range(20_000)], [0, 0]]), Flaw.TOO_MANY_POINTS),
        (json.dumps({"type": "FeatureCollection", "features": [feature("a")] * 101}), Flaw.TOO_MANY_AREAS),
    ],
    ids=lambda value: value if isinstance(value, Flaw) else "text",
)
def test_what_is_wrong_is_named(text, expected):
    with pytest.raises(BadBoundary) as refusal:
        boundaries(text)
    assert refusal.value.flaw is expected


def test_the_area_that_is_wrong_is_counted_from_one():
    bad = feature("b", type="Polygon", coordinates=[RING[:-1]])
    with pytest.raises(BadBoundary) as refusal:
        boundaries(json.dumps({"type": "FeatureCollection", "features": [feature("a"), bad]}))
    assert refusal.value.place == 2


def test_every_flaw_has_its_sentence(app):
    assert set(FLAWS) == set(Flaw)
    assert flaw(BadBoundary(Flaw.OPEN_RING, 3)).startswith("Area 3 of the file: An outline must close")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "geometry", "features"]), inner, max_size=4)
    ),
    max_leaves=15,
)


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_whatever_comes_in_is_read_or_refused_and_never_breaks(data):
    try:
        boundaries(json.dumps(data))
    except BadBoundary as refusal:
        assert refusal.flaw in Flaw


@pytest.mark.parametrize(
    ("name", "slug"), [("Old Town", "old-town"), ("Ñuñoa – Süd", "nunoa-sud"), ("東京", "place"), ("  --A--  ", "a")]
)
def test_names_become_addresses(name, slug):
    assert slug_of(name) == slug and is_slug(slug)


def test_the_drawings_offered_are_those_the_theme_has():
    source = (TEMPLATES / "components" / "icons.html").read_text()
    assert all(f'"{icon}"' in source for icon in ICONS if icon != "other")
