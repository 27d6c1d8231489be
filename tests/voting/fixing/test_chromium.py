"""The ballot is fixed in Chromium: from a red check list, mended link by link, to fixed by two members of its board."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium

from app.accounts.models import Person
from app.core.access import Role
from app.core.clock import today
from app.core.db import db
from tests import make
from tests.browser import Browser
from tests.e2e.hands import Mouse
from tests.voting.fixing import asked

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.parametrize("app", ["sqlite"], indirect=True)]
PHONE = {"width": 390, "height": 844}
Windows = Callable[[int], Mouse]


@pytest.fixture
def windows(app: Flask, address: str, chromium: Chromium) -> Iterator[Windows]:
    """A phone without scripts for each person."""
    contexts = []

    def window(person_id: int) -> Mouse:
        signed_in = Browser(app).sign_in(db.session.get_one(Person, person_id))
        cookie = signed_in.client.get_cookie("lamplight")
        db.session.rollback()
        contexts.append(chromium.new_context(base_url=address, java_script_enabled=False, viewport=PHONE))
        contexts[-1].add_cookies([{"name": "lamplight", "value": cookie.value, "url": address}])
        return Mouse(contexts[-1].new_page(), scripts=False)

    yield window
    for context in contexts:
        context.close()


def test_a_red_check_list_is_mended_and_the_ballot_is_fixed_by_two(windows):
    cycle = asked.cycle_that_asks(options=1, languages=("en",))
    [proposal] = asked.feasible(cycle)
    cycle_id, proposal_id, author_id = cycle.id, proposal.id, proposal.author_id
    make.task_force(where=cycle.neighborhood, name="Lighting")
    first, second, _observer = (each.id for each in make.board_of(cycle_id))
    clerk, officer = windows(first), windows(make.person(roles=(Role.OFFICER,)).id)
    clerk.open(f"/voting/{cycle_id}").follow("Open the check list")
    assert "3 things are missing" in clerk.text
    writes(officer, cycle_id, windows(author_id), proposal_id)
    names_the_task_force(clerk, cycle_id)
    records_the_council(clerk, cycle_id)
    assert "Nothing is missing" in clerk.text
    agreed_by_two(clerk, windows(second))
    reader = officer.open(f"/ballots/{cycle_id}/booklet")
    assert asked.TEXT in reader.text and "Would be taken on by: Lighting" in reader.text


def writes(officer: Mouse, cycle_id: int, author: Mouse, proposal_id: int) -> None:
    officer.open(f"/ballot-texts/{cycle_id}")
    officer.click(officer.page.locator(f"a[href='/proposals/{proposal_id}/ballot-text']"))
    officer.fill("What the ballot should say", asked.TEXT)
    officer.press("Keep this text")
    assert "Its author is asked to approve it" in officer.text
    author.open("/proposals/mine").follow("Read the words for the ballot and answer")
    author.press("I approve this text")
    assert "Approved by its author" in author.text


def names_the_task_force(clerk: Mouse, cycle_id: int) -> None:
    clerk.open(f"/task-forces/taking/{cycle_id}").follow("Settle it by category and area")
    clerk.page.get_by_label("Street lighting").select_option(label="Lighting")
    clerk.press("Save changes")
    assert "by its category or area" in clerk.text


def records_the_council(clerk: Mouse, cycle_id: int) -> None:
    clerk.open(f"/voting/{cycle_id}/council")
    clerk.fill("Who confirmed it", "City council")
    clerk.set_day("decided_on", today())
    clerk.fill("Reference of the decision", "Resolution 7")
    clerk.press("Put it on record")


def agreed_by_two(asks: Mouse, agrees: Mouse) -> None:
    asks.follow("Ask the board: Fix the ballot")
    asks.press("Ask the board")
    agrees.open(asks.page.url)
    assert asked.TEXT in agrees.text and "Lighting" in agrees.text
    agrees.press("I agree: Fix the ballot")
    assert "Done: Fix the ballot." in agrees.text
