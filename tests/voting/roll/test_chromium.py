"""Codes in a real browser: a phone that votes with a card, and a station used by keyboard alone."""

from contextlib import suppress

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error, Page, expect

from app.core.db import db
from tests import make
from tests.browser import Browser
from tests.e2e.hands import Mouse
from tests.voting.roll.codes import open_vote_with_cards

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]


def by_keyboard(page: Page, label: str) -> None:
    """Tab to the button or link with this label, and press it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        words = page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText")
        if label in (words or "").strip():
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way to «{label}» by keyboard on {page.url}")


def test_somebody_votes_with_a_card_on_a_phone(app, address, chromium: Chromium):
    _vote, codes, _clerk = open_vote_with_cards("Mia Lund")
    db.session.rollback()
    context = chromium.new_context(base_url=address, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto("/vote-by-code")
    page.get_by_label("Code").fill(codes["Mia Lund"].lower().replace("-", " "))
    hands = Mouse(page)
    hands.press("Go to the ballot")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click('button[value="add:1"]')
    hands.press("Check my ballot")
    hands.press("Seal and cast my ballot")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your vote is stored.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    hands.press("Done")
    page.goto("/vote-by-code")
    expect(page.get_by_text("A code has been typed in here")).to_have_count(0)
    context.close()


def test_a_station_is_used_by_keyboard_and_going_back_shows_nothing(app, address, chromium: Chromium):
    vote, codes, clerk = open_vote_with_cards("Mia Lund")
    cookie = Browser(app).sign_in(make.account(clerk)).client.get_cookie("lamplight")
    cycle_id, code = vote.cycle_id, codes["Mia Lund"]
    db.session.rollback()
    context = chromium.new_context(base_url=address)
    context.add_cookies([{"name": "lamplight", "value": cookie.value, "url": address}])
    page = context.new_page()
    page.goto(f"/office/roll/{cycle_id}/stations")
    page.get_by_label("Where this computer stands").fill("Library")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Next voter")
    page.get_by_label("Code").focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Seconds left:").first).to_be_visible()
    page.locator('button[value="add:1"]').focus()
    page.keyboard.press("Enter")
    by_keyboard(page, "Check my ballot")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your ballot")
    by_keyboard(page, "Seal and cast my ballot")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your vote is stored.")
    by_keyboard(page, "Next voter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Next voter")
    for _ in range(4):
        with suppress(Error):  # for what came by POST the browser shows its own page, with nothing on it
            page.go_back(wait_until="commit")
        page.wait_for_timeout(300)
        assert not any(words in page.content() for words in ("Seal and cast", "Check my ballot", "Thank you"))
    context.close()


def test_an_idle_station_goes_blank_and_a_touch_starts_it_anew(app, address, chromium: Chromium, monkeypatch):
    monkeypatch.setattr("app.voting.roll.stations.views.IDLE_SECONDS", 4)
    vote, codes, clerk = open_vote_with_cards("Mia Lund")
    browser = Browser(app).sign_in(make.account(clerk))
    browser.open(f"/office/roll/{vote.cycle_id}/stations").press("Start the station here", location="Library")
    kept, code = browser.client.get_cookie("lamplight"), codes["Mia Lund"]
    db.session.rollback()
    context = chromium.new_context(base_url=address)
    context.add_cookies([{"name": "lamplight", "value": kept.value, "url": address}])
    page = context.new_page()
    page.goto("/station")
    page.get_by_label("Code").fill(code)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Seconds left:").first).to_be_visible()
    page.wait_for_timeout(2500)
    page.keyboard.press("Shift")
    page.wait_for_timeout(2500)
    expect(page.get_by_text("Seconds left:").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Next voter", timeout=8000)
    context.close()
