"""Finding on pages: by words, by number, by what comes close, and the same idea before one's own is sent."""

import pytest

from app.core.access import Actor
from app.proposals import queries
from app.proposals.rules import Stage
from tests import make

LAMPS = {
    "title": "Six lamps on Mill Lane",
    "summary": "Put six warm lamps between the school and the bus stop.",
    "need": "It is too dark to walk home from school in winter.",
    "place": "Mill Lane",
}
CLUB = {
    "title": "A boxing club for teenagers",
    "summary": "Open the old gym three evenings a week.",
    "need": "Young people have nowhere to go.",
    "place": "The old gym",
}


def titles(page):
    return [a.text for a in page.all("a", class_="ll-card__link")]


def test_a_search_begins_with_the_best_match_and_says_so(browser):
    cycle = make.cycle()
    make.proposal(within=cycle, **CLUB | {"need": "There are no lamps."})
    make.proposal(within=cycle, **LAMPS)
    page = browser.open("/proposals/?q=lamps")
    assert titles(page) == [LAMPS["title"], CLUB["title"]]
    assert "in their title come first" in page.text and "2 proposals." in page.text
    assert [o.get("value") for o in page.all("option") if o.get("selected") is not None] == ["best"]
    assert titles(browser.open("/proposals/?q=lamps&sort=title")) == [CLUB["title"], LAMPS["title"]]


def test_without_a_search_there_is_no_best_match(browser):
    make.proposal()
    page = browser.open("/proposals/?sort=best")
    assert "order drawn by lot" in page.text and not page.all("option", value="best")


def test_a_reference_number_leads_to_its_proposal(browser):
    proposal = make.proposal(number=14)
    for typed in ("2026-P014", "2026-p14", "P014", "p14", " 2026 P014 "):
        assert browser.open(f"/proposals/?q={typed}").path == f"/proposals/{proposal.id}"


def test_a_number_of_two_cycles_leads_to_the_one_that_is_shown(browser):
    first, second = make.proposal(number=14), make.proposal(number=14)
    for proposal in (first, second):
        page = browser.open(f"/proposals/?q=P014&cycle_id={proposal.cycle_id}")
        assert page.path == f"/proposals/{proposal.id}"


def test_a_number_that_nobody_has_leads_nowhere(browser):
    make.proposal(number=14)
    assert "Nothing fits these filters" in browser.open("/proposals/?q=2026-P999").text


def test_what_is_misspelled_comes_close(browser):
    cycle = make.cycle()
    make.proposal(within=cycle, **LAMPS)
    page = browser.open("/proposals/?q=six+lamsp+mil+lane")
    assert "Did you mean one of these?" in page.text and titles(page) == [LAMPS["title"]]
    assert "Did you mean" not in browser.open("/proposals/?q=zebra").text


def draft_beside(*others, **more):
    cycle = make.cycle()
    for other in others:
        make.proposal(within=cycle, **other)
    make.proposal(**LAMPS)
    return make.proposal(within=cycle, stage=Stage.DRAFT, **LAMPS | more)


def test_before_a_draft_is_sent_its_author_sees_what_is_public_and_alike(browser):
    lights = {**LAMPS, "title": "Street lamps for Mill Lane"}
    gone = {**LAMPS, "title": "Mill Lane lamps", "stage": Stage.WITHDRAWN}
    draft = draft_beside(lights, CLUB, gone, {**LAMPS, "stage": Stage.DRAFT}, gains="Children")
    page = browser.sign_in(draft.author).open(f"/proposals/{draft.id}/write/check")
    assert "Has somebody proposed this already?" in page.text
    assert [p.title for p in similar_to(draft)] == ["Street lamps for Mill Lane"]
    assert page.text.index("Street lamps for Mill Lane") < page.text.index("Send it in")
    sent = page.press("Send it in")
    assert "Has somebody proposed this already?" not in sent.text


def similar_to(draft):
    return queries.similar(queries.detail(draft.id, Actor(id=draft.author_id, name="")))


def test_a_new_idea_is_not_questioned(browser):
    draft = draft_beside(CLUB)
    assert "proposed this already" not in browser.sign_in(draft.author).open(f"/proposals/{draft.id}").text


def test_at_most_five_are_shown(app):
    assert len(similar_to(draft_beside(*[LAMPS] * 7))) == 5


def test_a_list_and_a_search_take_at_most_twelve_statements(browser, statements):
    cycle = make.cycle()
    for _ in range(15):
        make.proposal(within=cycle)
    browser.sign_in(make.person()).open("/proposals/")
    for address in ("", "&q=lamps", "&q=zebra", "&q=lamps&sort=cost&stage=submitted&page=2"):
        statements.clear()
        browser.open(f"/proposals/?cycle_id={cycle.id}{address}")
        assert 0 < len(statements) <= 12


def shared(page):
    return {meta.get("property"): meta.get("content") for meta in page.all("meta") if meta.get("property")}


def test_a_shared_proposal_is_shown_by_its_title_and_what_should_happen(browser):
    proposal = make.proposal(title='"Lamps" <b>&', summary="Six lamps.\n\n" + "On Mill Lane. " * 50)
    told = shared(browser.open(f"/proposals/{proposal.id}"))
    assert told["og:title"] == '"Lamps" <b>&'
    assert told["og:description"].startswith("Six lamps. On Mill") and len(told["og:description"]) <= 220
    assert told["og:url"] == f"http://127.0.0.1:8000/proposals/{proposal.id}"


def test_a_draft_is_shared_by_nobody(browser):
    draft = make.proposal(stage=Stage.DRAFT)
    assert shared(browser.sign_in(draft.author).open(f"/proposals/{draft.id}")) == {}


@pytest.mark.parametrize("kept", ["category", "area"])
def test_each_kind_and_each_area_has_a_page_with_all_of_it_from_every_cycle(browser, kept):
    first = make.proposal(title="Of last year")
    make.proposal(within=make.cycle(where=first.cycle.neighborhood), title="Of this year")
    make.proposal(title="Of another place")
    make.proposal(within=first.cycle, stage=Stage.DRAFT, title="Of nobody's business")
    about = getattr(first, kept)
    page = browser.open(f"/proposals/{first.id}").follow(about.name)
    assert page.one("h1") == about.name and titles(page) == ["Of this year", "Of last year"]
    assert shared(page)["og:title"].startswith(about.name)


@pytest.mark.parametrize("path", ["kinds", "areas"])
def test_a_kind_or_an_area_of_another_neighborhood_is_not_found(browser, path):
    proposal, home = make.proposal(), make.neighborhood()
    foreign = {"kinds": proposal.category_id, "areas": proposal.area_id}[path]
    assert browser.open(f"/proposals/in/{home.slug}/{path}/{foreign}").status == 404
    assert browser.open(f"/proposals/in/nowhere/{path}/{foreign}").status == 404


def test_a_kind_that_nobody_has_chosen_says_so(browser):
    home = make.neighborhood()
    page = browser.open(f"/proposals/in/{home.slug}/kinds/{home.categories[0].id}")
    assert "Nobody has proposed anything here yet" in page.text
