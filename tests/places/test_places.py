"""Neighborhoods: their public pages, who may change them, and that names and addresses stay their own."""

import pytest

from app.core.access import Actor, Grant, Role
from app.core.errors import DomainError, NoStanding, NotFound
from app.places import queries, services
from tests import make
from tests.browser import text_of

RING = [[-74.0, 40.0], [-73.9, 40.0], [-73.9, 40.1], [-74.0, 40.1], [-74.0, 40.0]]
SQUARE = {"type": "Polygon", "coordinates": [RING]}


def described(**changes):
    facts = {
        "name": "Mill Quarter",
        "slug": "",
        "summary": "",
        "time_zone": "UTC",
        "currency": "USD",
        "languages": ("en",),
    }
    return services.DescribeNeighborhood(**facts | changes)


def clerk():
    return make.actor(Role.CLERK)


def clerk_of(where):
    return Actor(
        id=make.person().id, name="Clerk", grants=frozenset({Grant(role=Role.CLERK, neighborhood_id=where.id)})
    )


def test_a_neighborhood_shows_its_map_and_the_same_in_words(browser):
    where = make.neighborhood(name="Riverside")
    services.add_areas(where.id, (services.DrawArea(name="Old Town", boundary=SQUARE),), by=clerk())
    page = browser.open(f"/neighborhoods/{where.slug}")
    assert "<svg" in page.html.split("<figure")[1]
    assert "Old Town" in [text_of(item) for item in page.all("li")] and "Street lighting" in page.text


def test_a_neighborhood_without_outlines_says_which_are_missing(browser):
    where = make.neighborhood()
    page = browser.open(f"/neighborhoods/{where.slug}")
    assert "<figure" not in page.html and "not drawn yet" in page.text


def test_an_unknown_neighborhood_is_not_found(browser):
    assert browser.open("/neighborhoods/atlantis").status == 404


def test_the_list_costs_one_statement(browser, statements):
    for _each in range(3):
        make.neighborhood()
    statements.clear()
    browser.open("/neighborhoods/")
    assert len(statements) == 1


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.CLERK)])
def test_only_clerks_change_places(app, role):
    by, where = make.actor(*([role] if role else [])), make.neighborhood()
    verbs = [
        lambda: services.create_neighborhood(described(), by=by),
        lambda: services.edit_neighborhood(where.id, described(), by=by),
        lambda: services.add_areas(where.id, (services.DrawArea(name="A", boundary=None),), by=by),
        lambda: services.edit_area(where.areas[0].id, services.DrawArea(name="A", boundary=None), by=by),
        lambda: services.add_category(where.id, services.DescribeCategory(name="A", icon="routes"), by=by),
        lambda: services.move_category(where.categories[0].id, up=True, by=by),
    ]
    for verb in verbs:
        with pytest.raises(NoStanding):
            verb()


def test_a_clerk_of_one_neighborhood_leaves_the_others_alone(app):
    own, other = make.neighborhood(), make.neighborhood()
    by = clerk_of(own)
    assert services.edit_neighborhood(own.id, described(), by=by).name == "Mill Quarter"
    with pytest.raises(NoStanding):
        services.edit_neighborhood(other.id, described(name="Taken over"), by=by)
    with pytest.raises(NoStanding):
        services.create_neighborhood(described(name="New"), by=by)


def test_two_neighborhoods_never_share_an_address(app):
    services.create_neighborhood(described(), by=clerk())
    with pytest.raises(DomainError) as refusal:
        services.create_neighborhood(described(), by=clerk())
    assert (refusal.value.code, refusal.value.field) == ("slug_taken", "slug")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "Not A Slug"}, "slug"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"currency": "JPY"}, "currency"),
        ({"languages": ("tlh",)}, "languages"),
        ({"languages": ()}, "languages"),
    ],
)
def test_what_is_wrong_names_its_field(app, changes, field):
    with pytest.raises(DomainError) as refusal:
        services.create_neighborhood(described(**changes), by=clerk())
    assert refusal.value.field == field


def test_areas_of_a_file_are_added_all_or_none(app):
    where = make.neighborhood()
    both = (services.DrawArea(name="New", boundary=None), services.DrawArea(name="Mill Lane", boundary=None))
    with pytest.raises(DomainError, match="Mill Lane"):
        services.add_areas(where.id, both, by=clerk())
    assert [area.name for area in queries.areas(where.id)] == ["Mill Lane"]


def test_an_area_is_found_only_through_its_own_neighborhood(app):
    where, other = make.neighborhood(), make.neighborhood()
    with pytest.raises(NotFound):
        queries.area(other.id, where.areas[0].id)


def test_categories_change_places_and_stop_at_the_ends(app):
    where, by = make.neighborhood(), clerk()
    youth = services.add_category(where.id, services.DescribeCategory(name="Youth", icon="youth"), by=by).id
    for _each in range(3):
        services.move_category(youth, up=True, by=by)
    assert [c.name for c in queries.categories(where.id)] == ["Youth", "Street lighting"]
