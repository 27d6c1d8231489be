"""Maps in Chromium: a spot is marked by pointing and by the keyboard, tiles come from the one place and not always."""

import re
from base64 import b64decode
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from app.core.db import db
from app.proposals.spots import queries
from tests.browser import Browser
from tests.e2e.inspection import Inspector
from tests.proposals.spots.town import proposal

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]
TILE = b64decode("R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=")


@pytest.fixture
def picked(app: Flask, address: str, chromium: Chromium, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, Page]]:
    """The page on which an author marks a spot, on a site with tiles."""
    monkeypatch.setitem(app.config, "TILE_URL", "https://tiles.example.org/{z}/{x}/{y}.gif")
    monkeypatch.setitem(app.config, "TILE_CREDIT", "© the <b>makers</b>")
    row = proposal()
    row_id, cookie = row.id, Browser(app).sign_in(row.author).client.get_cookie("lamplight")
    db.session.rollback()
    context = chromium.new_context(base_url=address)
    context.add_cookies([{"name": "lamplight", "value": cookie.value, "url": address}])
    page = context.new_page()
    page.asked, page.said = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.route(re.compile("example.org"), lambda way: page.asked.append(way.request.url) or way.fulfill(body=TILE))
    page.goto(f"/proposals/{row_id}/place", wait_until="networkidle")
    yield row_id, page
    context.close()


def test_a_spot_is_marked_by_pointing_and_by_the_keyboard_and_tiles_come_from_their_place(picked):
    row_id, page = picked
    assert page.asked and page.inner_text("[data-credit]") == "© the <b>makers</b>"
    page.click(".ll-live__ground", position={"x": 150, "y": 200})
    pointed = page.input_value("#point")
    page.focus(".ll-live__ground")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    page.focus("text=Mark the middle of the map")
    page.keyboard.press("Enter")
    assert re.fullmatch(r"50\.\d{5}, 10\.\d{5}", pointed) and page.input_value("#point") not in ("", pointed)
    assert page.input_value("#point") in page.inner_text("[role=status]")
    marked = page.input_value("#point")
    page.click("text=Save the place")
    page.wait_for_url(f"**/proposals/{row_id}")
    assert queries.points([row_id])[row_id].typed() == marked
    assert page.said == []


def test_nothing_more_is_asked_of_the_tiles_place_once_the_address_is_private(picked):
    _row, page = picked
    page.check("#is_private")
    before = len(page.asked)
    for _ in range(3):
        page.click("[title=Closer]")
        page.wait_for_timeout(300)
    assert len(page.asked) == before
    page.uncheck("#is_private")
    page.wait_for_timeout(500)
    assert len(page.asked) > before, "the twin: without the tick tiles are asked for"


def test_the_list_on_a_map_has_no_fault_that_axe_or_our_own_eyes_see(picked):
    row_id, page = picked
    page.fill("#point", "50.00612, 10.01637")
    page.click("text=Save the place")
    page.wait_for_url(f"**/proposals/{row_id}")
    inspector = Inspector(page)
    for where in (f"/proposals/{row_id}/place", "/proposals/?view=map"):
        assert inspector.open(where) == 200
        page.wait_for_selector(".ll-live__spot")
        found = inspector.complaints()
        assert found == [], "\n".join(found)
    page.click(".ll-live__spot")
    assert page.evaluate("document.activeElement.closest('tr').dataset.mark") == "1"
