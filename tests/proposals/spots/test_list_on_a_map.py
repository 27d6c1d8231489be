"""The list of proposals as a map: the same filters and order, numbers that the table explains, a counted read."""

import re

import pytest

from app.accounts.queries import actor_of
from app.proposals.rules import Stage
from app.proposals.spots import queries, services
from app.proposals.spots.rules import Where
from app.proposals.spots.services import SayWhere
from tests import make
from tests.browser import Browser
from tests.proposals.spots.town import IN_EAST, IN_WEST, mapped


@pytest.fixture
def cycle(app):
    return make.cycle(where=mapped())


def placed(cycle, at=IN_EAST, where=Where.POINT, **more):
    row = make.proposal(within=cycle, **more)
    services.say(row.id, SayWhere(where=where, place="By the heron", at=at), by=actor_of(row.author))
    return row


def rows_of(page):
    return [re.sub(r"\W+", " ", "".join(row.itertext())).strip() for row in page.all("tr")[1:]]


def numbers_on(page):
    return re.findall(r'font-weight="bold">(\d+)</text>', page.html)


def test_the_list_becomes_a_map_and_back_with_its_filters(cycle, browser):
    placed(cycle, title="Otters by the mill")
    placed(cycle, title="Benches by the mill")
    page = browser.open(f"/proposals/?cycle_id={cycle.id}&q=otters&sort=newest").follow("Map")
    assert (len(rows_of(page)), numbers_on(page)) == (1, ["1"])
    assert "Otters by the mill" in rows_of(page)[0]
    narrowed = page.press("Show", q="benches")
    assert "Benches by the mill" in rows_of(narrowed)[0] and "view=map" in narrowed.path
    assert "view=" not in narrowed.follow("List").path


def test_the_map_is_numbered_like_its_table_in_the_order_of_the_list(cycle, browser):
    first, second = placed(cycle), placed(cycle, IN_WEST)
    words = make.proposal(within=cycle)
    page = browser.open(f"/proposals/?cycle_id={cycle.id}&view=map&sort=newest")
    assert [row.split()[0] for row in rows_of(page)] == ["1", "2", "3"]
    assert [each.title in row for each, row in zip((words, second, first), rows_of(page), strict=True)] == [True] * 3
    assert numbers_on(page) == ["2", "3"] and "no single spot" in rows_of(page)[0].lower()


def test_a_private_address_has_its_line_and_no_number_on_the_map(cycle, browser):
    hidden = placed(cycle, where=Where.AREA)
    page = browser.open(f"/proposals/?cycle_id={cycle.id}&view=map")
    assert hidden.title in rows_of(page)[0] and numbers_on(page) == []
    assert not [row for row in page.all("tr") if row.get("data-spot")]


def test_pages_of_the_map_go_on_counting(cycle, browser, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    for _ in range(3):
        placed(cycle)
    second = browser.open(f"/proposals/?cycle_id={cycle.id}&view=map").follow("Next")
    assert numbers_on(second) == ["3"] and "view=map" in second.path


def test_a_map_costs_no_more_statements_than_twelve_however_long_it_is(cycle, browser, statements):
    def cost():
        statements.clear()
        Browser(browser.client.application).open(f"/proposals/?cycle_id={cycle.id}&view=map&q=lamps")
        return len([each for each in statements if "pg_extension" not in each])

    placed(cycle)
    few = cost()
    for _ in range(4):
        placed(cycle)
    assert cost() == few <= 12


def test_nothing_that_fits_is_said_on_the_map_too(cycle, browser):
    placed(cycle)
    page = browser.open(f"/proposals/?cycle_id={cycle.id}&view=map&q=zebra")
    assert "Nothing fits these filters" in page.text


def test_without_an_outline_there_is_only_the_list(browser):
    cycle = make.cycle()
    make.proposal(within=cycle, stage=Stage.SUBMITTED)
    page = browser.open(f"/proposals/?cycle_id={cycle.id}&view=map")
    assert not page.all("table") and not page.all("ul", class_="ll-views")


def test_titles_are_written_as_text_wherever_the_map_names_them(cycle, browser):
    placed(cycle, title="<img src=x onerror=alert(1)> \"'")
    page = browser.open(f"/proposals/?cycle_id={cycle.id}&view=map")
    assert "<img src=x" not in page.html and not page.all("img", src="x")
