"""The pages that explain a result, under real hands: a count that plays, and a ballot that never leaves the window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e import town
from tests.e2e.doors import DECIDED
from tests.e2e.inspection import Inspector

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def cycle(site):
    return town.ask(site, DECIDED)[0]


@pytest.fixture
def steps(site, look, cycle) -> Page:
    page = look(site)
    page.goto(f"/results/{cycle}/steps")
    page.wait_for_selector("[data-play-room]:visible")
    return page


def where(page):
    return page.inner_text("[data-where]").split(" · ")[0]


def go(page, kind, number):
    page.click(f"[data-go={kind}]")
    page.wait_for_url(f"**/steps?step={number}#step")


def test_the_buttons_swap_the_step_and_keep_the_focus(steps):
    steps.evaluate("window.stayed = true")
    go(steps, "next", 2)
    assert steps.evaluate("window.stayed && document.activeElement.dataset.go") == "next"
    assert steps.text_content("[data-announce]").startswith("Step 2 of ")
    last = int(where(steps).split(" of ")[1])
    go(steps, "last", last)
    assert steps.evaluate("window.stayed && document.activeElement.dataset.go") == "previous"


def test_the_way_back_of_the_browser_goes_through_the_steps(steps):
    go(steps, "next", 2)
    go(steps, "next", 3)
    steps.go_back()
    steps.locator("[data-where]", has_text="Step 2 of").wait_for()
    steps.go_forward()
    steps.locator("[data-where]", has_text="Step 3 of").wait_for()


def test_it_plays_when_asked_and_pauses(steps):
    assert steps.inner_text("[data-play]") == "Play"
    steps.click("[data-play]")
    steps.wait_for_url("**/steps?step=2#step", timeout=10_000)
    steps.click("[data-play]")
    assert steps.inner_text("[data-play]") == "Play"
    steps.wait_for_timeout(5_000)
    assert where(steps).startswith("Step 2 of")


def test_who_asked_for_stillness_is_offered_no_play_and_playing_stops(steps):
    steps.click("[data-play]")
    steps.emulate_media(reduced_motion="reduce")
    steps.wait_for_selector("[data-play-room]", state="hidden")
    steps.wait_for_timeout(5_000)
    assert where(steps).startswith("Step 1 of")


def test_a_swapped_step_is_a_whole_page(site, windows, cycle):
    inspector = Inspector(windows())
    inspector.open(f"/results/{cycle}/steps?step=14")
    inspector.page.wait_for_selector("[data-play-room]:visible")
    go(inspector.page, "next", 15)
    assert inspector.complaints() == []
    inspector.page.close()


@pytest.fixture
def mine(site, look, cycle) -> Iterator[Page]:
    page = look(site)
    page.goto(f"/results/{cycle}/mine")
    page.wait_for_selector("[data-questions]:visible")
    page.heard = []
    page.on("request", lambda request: page.heard.append(request.url))
    yield page


def choose(page, *numbers):
    for rank, number in enumerate(numbers, start=1):
        page.select_option(f"#rank-{rank}", str(number))
    page.click("[data-show]")
    page.wait_for_selector("[data-told] h2")


def test_nothing_is_sent_when_a_ranking_is_chosen_or_pasted(mine):
    choose(mine, 3, 1, 2)
    mine.click("summary")
    mine.fill("[data-paste]", "2, 4, 1")
    mine.click("[data-use]")
    mine.click("[data-forget]")
    mine.wait_for_timeout(500)
    assert mine.heard == []


def test_a_request_would_be_heard(mine):
    """The twin: the silence above is worth something only if a request breaks it."""
    mine.evaluate("fetch('/healthz')")
    mine.wait_for_timeout(500)
    assert len(mine.heard) == 1


def test_the_page_loads_the_outcome_and_nothing_else_of_ours(site, look, cycle):
    page, heard = look(site), []
    page.on("request", lambda request: heard.append(request.url.removeprefix(site.url).partition("?")[0]))
    page.goto(f"/results/{cycle}/mine")
    page.wait_for_selector("[data-questions]:visible")
    assert [path for path in heard if not path.startswith("/static/")] == [
        f"/results/{cycle}/mine",
        f"/results/{cycle}/files/outcome.json",
    ]


def test_the_ranking_can_be_sent_by_no_form_and_is_kept_nowhere(mine):
    choose(mine, 3, 1)
    fields = "[data-mine] :is(select, textarea, input)"
    assert (
        mine.eval_on_selector_all(
            fields, "all => all.filter((e) => e.name || e.form || e.autocomplete !== 'off').length"
        )
        == 0
    )
    assert mine.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert mine.evaluate("location.href + JSON.stringify(history.state)").endswith("/minenull")
    mine.reload()
    mine.wait_for_selector("[data-questions]:visible")
    assert mine.eval_on_selector_all("[data-rank]", "all => all.map((e) => e.value).join('')") == ""


def test_what_cannot_be_a_ranking_is_said(mine):
    mine.click("[data-show]")
    assert mine.inner_text("[data-wrong]") == "Choose at least one project."
    mine.select_option("#rank-1", "2")
    mine.select_option("#rank-2", "2")
    mine.click("[data-show]")
    assert "twice" in mine.inner_text("[data-wrong]") and mine.evaluate("document.activeElement.id") == "rank-2"
    mine.click("summary")
    mine.fill("[data-paste]", "A dragon for the park")
    mine.click("[data-use]")
    assert "A dragon for the park" in mine.inner_text("[data-wrong]")


def test_a_title_that_two_projects_share_asks_for_the_number(site, look, cycle):
    page, address = look(site), f"/results/{cycle}/mine"
    page.goto(address)
    one, two = page.eval_on_selector_all("#rank-1 option[data-title]", "all => all.map((e) => e.dataset.title)")[:2]
    page.route(f"**{address}", lambda route: route.fulfill(body=route.fetch().text().replace(two, one)))
    page.goto(address)
    page.wait_for_selector("[data-questions]:visible")
    page.click("summary")
    page.fill("[data-paste]", one)
    page.click("[data-use]")
    assert page.inner_text("[data-wrong]") == f"Several projects have this title. Use the number instead: {one}"


def test_titles_can_be_pasted_one_a_line(mine):
    titles = mine.eval_on_selector_all("#rank-1 option[data-title]", "all => all.map((e) => e.dataset.title)")
    mine.click("summary")
    mine.fill("[data-paste]", f"{titles[2]}\n2. {titles[0].upper()}\n")
    mine.click("[data-use]")
    assert [mine.input_value("#rank-1"), mine.input_value("#rank-2"), mine.input_value("#rank-3")] == ["3", "1", ""]


def test_what_it_tells_is_a_whole_page(site, windows, cycle):
    inspector = Inspector(windows())
    inspector.open(f"/results/{cycle}/mine")
    inspector.page.wait_for_selector("[data-questions]:visible")
    choose(inspector.page, 6, 7, 4, 3)
    assert inspector.complaints() == []
    inspector.page.close()


def test_without_scripts_the_page_says_what_it_needs(site, look, cycle):
    page = look(site, javascript=False)
    page.goto(f"/results/{cycle}/mine")
    assert "it needs JavaScript" in page.inner_text("main") and not page.is_visible("[data-questions]")
