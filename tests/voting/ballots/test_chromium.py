"""The ballot in Chromium: the same moves without a round trip, by mouse and by keyboard, and nothing left behind."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from app.accounts.models import Person
from app.core.db import db
from tests import make
from tests.browser import Browser
from tests.e2e.hands import Mouse
from tests.voting.ballots import box

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]


@pytest.fixture
def ballot(app: Flask, address: str, chromium: Chromium) -> Iterator[tuple[int, Page]]:
    """A voter's ballot with five options and three ranks, open in a window."""
    vote, [voter] = make.open_vote(options=5, max_ranks=3)
    cycle_id, signed_in = vote.cycle_id, Browser(app).sign_in(db.session.get_one(Person, voter.id))
    cookie = signed_in.client.get_cookie("lamplight")
    db.session.rollback()
    context = chromium.new_context(base_url=address)
    context.add_cookies([{"name": "lamplight", "value": cookie.value, "url": address}])
    page = context.new_page()
    page.goto(f"/ballots/{cycle_id}", wait_until="networkidle")
    yield cycle_id, page
    context.close()


def press(page: Page, *moves: str) -> None:
    for move in moves:
        Mouse(page).click(page.locator(f'button[value="{move}"]'))


def picked(page: Page) -> list[str]:
    return page.eval_on_selector_all("[data-ranked] > li", "rows => rows.map(row => row.dataset.option)")


def test_moves_need_no_round_trip_and_what_is_cast_is_what_is_seen(ballot):
    cycle_id, page = ballot
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.method))
    press(page, "add:5", "add:2", "add:3", "up:3", "remove:5", "add:1")
    assert (picked(page), "POST" in requests) == (["3", "2", "1"], False)
    press(page, "review")
    Mouse(page).press("Seal and cast my ballot")
    assert page.inner_text("h1") == "Thank you. Your vote is stored."
    box.close(cycle_id)
    assert box.rankings(cycle_id) == [(3, 2, 1)]


def test_the_keyboard_alone_orders_the_list_and_the_focus_stays(ballot):
    _cycle, page = ballot
    press(page, "add:4", "add:2")
    page.focus('button[value="up:2"]')
    page.keyboard.press("Enter")
    assert picked(page) == ["2", "4"]
    assert page.evaluate("document.activeElement.value") == "down:2"
    assert "is now number 1 of 2" in page.inner_text("[data-announce]")


def test_a_full_list_says_why_nothing_can_be_added(ballot):
    _cycle, page = ballot
    press(page, "add:1", "add:2", "add:3")
    assert page.is_disabled('button[value="add:4"]')
    assert page.locator("#option-4 [data-why-full]").is_visible()
    press(page, "remove:1")
    assert page.locator("#option-4 [data-why-full]").is_hidden()
    assert page.is_enabled('button[value="add:4"]')


def test_nothing_of_a_list_is_kept_in_the_browser(ballot):
    _cycle, page = ballot
    press(page, "add:1", "add:2", "review")
    kept = page.evaluate("[localStorage.length, sessionStorage.length, location.search]")
    assert kept == [0, 0, ""]
