"""Every page in a real browser: axe and our own eyes find nothing, it fits a phone, its console is silent."""

from collections.abc import Callable
from functools import cache
from typing import Any
from zlib import crc32

import pytest

from app import create_app
from app.config import Settings
from tests.e2e import town
from tests.e2e.doors import DOORS, NOT_PAGES
from tests.e2e.inspection import Inspector
from tests.sizes import size

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.soak]


@pytest.fixture(scope="module", autouse=True)
def other_weeks(site):
    """Pages that the week of the demo does not show are shown too."""
    town.show_other_weeks(site)


@pytest.fixture(scope="module")
def titles() -> dict[str, str]:
    """The title of each page seen so far."""
    return {}


@pytest.fixture(scope="module")
def inspectors(windows) -> Callable[[Any], Inspector]:
    """Everybody goes from page to page in one window: a window of its own costs more than the page in it."""
    return cache(lambda who: Inspector(windows(who)))


ONE_IN = size(commit=2, night=1)
"""Axe takes longer than all the rest: while a commit is tried it looks at every second page, drawn by its name."""


@pytest.mark.parametrize("endpoint", DOORS)
def test_a_page_is_whole(site, inspectors, titles, endpoint):
    door = DOORS[endpoint].opens(site)
    assert door is not None, f"the demo has nothing to show at {DOORS[endpoint].address}"
    address, who = door
    inspector = inspectors(who)
    inspector.axe = crc32(endpoint.encode()) % ONE_IN == 0
    inspector.heard.clear()
    status, page = inspector.open(address), inspector.page
    complaints = inspector.complaints()
    titled = titles.setdefault(page.title(), page.url)
    assert (status, complaints) == (200, []), "\n".join([f"{address} ({status})", *complaints])
    assert titled == page.url, f"the same title as {titled}"


def test_every_page_of_the_app_is_looked_at(tmp_path):
    app = create_app(Settings(secret_key="x", database_url=f"sqlite:///{tmp_path}/x", data_dir=tmp_path, testing=True))
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    pages -= {rule for rule in pages if rule.startswith(("security.", "mail."))}
    assert pages - set(DOORS) - set(NOT_PAGES) == set(), "give each a door in tests/e2e/doors"
    assert (set(DOORS) | set(NOT_PAGES)) - pages == set(), "these are gone"
