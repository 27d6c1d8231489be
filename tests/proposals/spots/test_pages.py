"""The page on which an author says where a proposal is, without scripts: by square, by coordinates, in words."""

import pytest

from app.core.access import Role
from app.proposals.rules import Stage
from app.proposals.spots import queries
from app.proposals.spots.rules import Spot
from tests import make
from tests.browser import Browser
from tests.proposals.spots.town import IN_EAST, OUTSIDE, proposal

# What the pages do about a place is the same on every database; what it does to the rows, test_services tries on both.
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def mine(app):
    return proposal()


@pytest.fixture
def author(app, mine):
    return Browser(app).sign_in(mine.author)


def place_page(author, row):
    return author.open(f"/proposals/{row.id}").follow("Mark where it is")


def test_a_spot_is_chosen_by_squares_that_grow_smaller(author, mine):
    page = place_page(author, mine).press("Look closer at this square", how="map", square="F3", place="By the heron")
    squares = {option.get("value") for option in page.all("option")}
    assert {"F3-A1", "F3-H8"} <= squares and "F3" not in squares and "looking at square F3" in page.text
    assert page.all("input", name="place")[0].get("value") == "By the heron"
    shown = page.press("Save the place", square="F3-B2")
    assert "The place is saved" in shown.text and "East End" in shown.text and "By the heron" in shown.text
    assert shown.html.count('r="11"') == 1


def test_the_whole_map_comes_back(author, mine):
    closer = place_page(author, mine).press("Look closer at this square", square="F3")
    assert "F3" in {option.get("value") for option in closer.press("Show the whole map").all("option")}


def test_a_spot_is_typed_and_shown_to_everybody(author, mine, browser):
    place_page(author, mine).press("Save the place", how="map", point=IN_EAST.typed(), place="By the heron")
    page = browser.open(f"/proposals/{mine.id}")
    assert IN_EAST.typed() in page.text and page.all("div", data_mark="")
    assert "Mark where it is" not in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (OUTSIDE.typed(), "outside of the neighborhood"),
        ("<script>", "two numbers"),
        ("", "mark the spot"),
        ("91, 10", "two numbers"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(author, mine, typed, said):
    page = place_page(author, mine).press("Save the place", how="map", point=typed, place="Émile’s 🌳 شارع", square="")
    assert said in page.one("p", id="point-error")
    kept = {each.get("name"): each.get("value") for each in page.all("input")}
    assert (kept["place"], kept["point"]) == ("Émile’s 🌳 شارع", typed)
    assert queries.points([mine.id]) == {}


def test_a_square_that_does_not_exist_is_refused_at_its_field(author, mine):
    page = place_page(author, mine)
    answers = page._filled(*page._form_with("Save the place"), {"how": "map", "place": "Mill"})
    answers.setlist("square", ["Z99"])
    assert author.post(page.path, answers).all("p", id="square-error")


def test_words_that_are_missing_are_asked_for_at_their_field(author, mine):
    page = place_page(author, mine).press("Save the place", how="words", place=" ")
    assert "in a few words" in page.one("p", id="place-error")


def test_a_long_text_is_refused_at_its_field(author, mine):
    page = place_page(author, mine).press("Save the place", how="words", place="x" * 200_000)
    assert "200 characters" in page.one("p", id="place-error")
    assert len(page.all("input", name="place")[0].get("value")) == 200_000


def test_a_neighborhood_without_a_map_is_answered_in_words(app):
    row = make.proposal()
    page = Browser(app).sign_in(row.author).open(f"/proposals/{row.id}").follow("Change where it is")
    assert not page.all("select", name="square") and not page.all("svg", class_="ll-map")
    saved = page.press("Save the place", how="everywhere", place="")
    assert "The whole neighborhood" in saved.text


def test_the_officers_read_the_exact_spot_and_the_author_does_not(app, author, mine):
    spot = Spot(longitude=10.00437, latitude=50.00612)
    answers = {"how": "map", "point": spot.typed(), "place": "A home", "is_private": "y"}
    saved = place_page(author, mine).press("Save the place", **answers)
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    assert spot.typed() in officer.open(f"/proposals/{mine.id}").text
    assert spot.typed() not in saved.text and "Somewhere in Mill Lane" in saved.text
    again = saved.follow("Change where it is")
    assert "The officers know an exact spot" in again.text and not again.all("input", name="point")[0].get("value")
    again.press("Save the place", place="Still a home")
    assert spot.typed() in officer.open(f"/proposals/{mine.id}").text


def test_nobody_else_opens_the_page_and_not_once_the_officers_have_decided(app, author):
    other = proposal()
    assert author.open(f"/proposals/{other.id}/place").status == 403
    judged = proposal(stage=Stage.FEASIBLE)
    page = Browser(app).sign_in(judged.author).open(f"/proposals/{judged.id}/place")
    assert page.status == 409 and "already decided" in page.text


def test_whoever_was_asked_for_changes_is_told_how_to_send_it_in_again(app):
    row = proposal(stage=Stage.NEEDS_CHANGES)
    page = Browser(app).sign_in(row.author).open(f"/proposals/{row.id}/place")
    assert "open “Edit”" in page.press("Save the place", how="everywhere").text


def test_the_outlines_are_given_to_maps_in_the_browser(app, mine, browser):
    answer = browser.client.get(f"/neighborhoods/{mine.cycle.neighborhood.slug}/areas.geojson")
    assert [f["properties"]["name"] for f in answer.get_json(force=True)["features"]] == ["East End", "Mill Lane"]
