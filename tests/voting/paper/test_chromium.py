"""A batch entered by keyboard alone, without JavaScript and with it, at more than 300 slips an hour."""

import time

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from app.core.access import Role
from app.core.db import db
from app.voting.paper import queries as paper
from tests import make
from tests.browser import Browser
from tests.voting.paper.station import batch, enter, returned

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]
PACE = 300
"""Slips an hour that somebody who types a key every tenth of a second can enter at the least."""


def window(app: Flask, address: str, chromium: Chromium, *, javascript: bool) -> Page:
    """An officer's window."""
    cookie = Browser(app).sign_in(make.person(roles=(Role.OFFICER,))).client.get_cookie("lamplight")
    context = chromium.new_context(base_url=address, java_script_enabled=javascript)
    context.add_cookies([{"name": "lamplight", "value": cookie.value, "url": address}])
    return context.new_page()


def typed(page: Page, lines: list[str]) -> float:
    """Type the lines as a robot does, 100 ms a key; how many seconds it took."""
    began = time.monotonic()
    for line in lines:
        page.locator("#line:focus").wait_for()
        page.keyboard.type(line, delay=100)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    return time.monotonic() - began


def test_a_batch_is_entered_by_keyboard_without_javascript(app, address, chromium, figure):
    at = returned(10)
    of = batch(at, 10)
    enter(at, of, ["3 1 4"] * 9 + ["b"], make.actor(Role.OFFICER))
    lines = [f"{slip.number} 3 1 4" for slip in of.slips[:9]] + [f"{of.slips[9].number} b"]
    page = window(app, address, chromium, javascript=False)
    db.session.rollback()
    page.goto(f"/paper/{at.cycle_id}/batches/{of.id}/enter")
    hour = 3600 * len(lines) / typed(page, lines)
    figure("T42", "slips an hour by keyboard, 100 ms a key, no JavaScript", size="10 slips", figure=f"{hour:.0f}")
    assert "has been entered twice" in page.inner_text("main")
    assert (paper.problems(at.vote_id), len(paper.accepted_rankings(at.vote_id))) == ([], 9)
    assert hour >= PACE
    page.context.close()


def test_titles_appear_while_a_slip_is_typed(app, address, chromium):
    at = returned(10)
    of = batch(at, 10)
    page = window(app, address, chromium, javascript=True)
    db.session.rollback()
    page.goto(f"/paper/{at.cycle_id}/batches/{of.id}/enter", wait_until="networkidle")
    page.keyboard.type(f"{of.slips[0].number} 3 99 b")
    shown = page.locator("[data-slip-live] span").all_inner_texts()
    assert [text.split(" · ")[0] for text in shown] == ["3", "99", "b"]
    assert "Lamps on Mill Lane" in shown[0] and "no such option" in shown[1] and "Blank" in shown[2]
    page.context.close()
