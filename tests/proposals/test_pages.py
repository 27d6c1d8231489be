"""The pages of proposals: what is wrong stands at its field, what was typed is kept, and nothing happens twice."""

import re

import pytest

from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage
from tests import make
from tests.browser import text_of


def answers(cycle, **more):
    facts = {
        "title": "Six lamps on Mill Lane",
        "summary": "Put six warm lamps between the school and the bus stop.",
        "need": "It is too dark to walk home from school in winter.",
        "place": "Mill Lane",
        "category_id": str(cycle.neighborhood.categories[0].id),
        "watches_people": "no",
        "estimate-0-what": "Lamps",
        "estimate-0-amount": "12,000",
    }
    return facts | more


def form_of(browser, cycle):
    proposal = make.proposal(within=cycle)
    return browser.sign_in(proposal.author).open(f"/proposals/{proposal.id}/edit")


def error_at(page, field):
    (wrong,) = [e for tag in ("input", "textarea", "select") for e in page.all(tag, id=field)]
    assert wrong.get("aria-invalid") == "true"
    described = (wrong.get("aria-describedby") or "").split()
    return " ".join(text_of(p) for id_ in described for p in page.all("p", id=id_))


@pytest.mark.parametrize(
    ("field", "wrong", "message"),
    [
        ("title", "", "This is needed"),
        ("title", "x" * 121, "120 characters"),
        ("summary", "short", "at least 20"),
        ("need", "", "This is needed"),
        ("place", "", "This is needed"),
        ("estimate-0-amount", "", "enter an amount"),
        ("estimate-0-amount", "about 5", "like 1,200"),
        ("estimate-0-amount", "-5", "like 1,200"),
        ("estimate-0-what", "", "What is this amount for"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(browser, field, wrong, message):
    cycle = make.cycle()
    page = form_of(browser, cycle).press("Save", **answers(cycle, **{field: wrong}))
    assert message in error_at(page, field)
    assert page.one("title").startswith("Error: ")
    kept = "need" if field != "need" else "summary"
    assert answers(cycle)[kept] in page.one("textarea", id=kept)
    assert "Lamps on Mill Lane" in browser.open("/proposals/mine").text


def test_an_estimate_needs_at_least_one_line(browser):
    cycle = make.cycle()
    empty = {"estimate-0-what": "", "estimate-0-amount": ""}
    page = form_of(browser, cycle).press("Save", **answers(cycle, **empty))
    assert "at least one line" in error_at(page, "estimate-0-what")


def test_lines_can_be_added_up_to_twelve(browser):
    page = form_of(browser, make.cycle())
    for _ in range(9):
        page = page.press("Add another line")
    assert page.all("input", name="estimate-11-what")
    assert "These are all the lines there can be" in page.text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }} \u202e رفع 💡", "'; DROP TABLE proposal; --"])
def test_words_come_back_exactly_and_harmless(browser, text):
    cycle = make.cycle()
    preview = form_of(browser, cycle).press("Save", **answers(cycle, title=text))
    assert preview.one("h1") == text
    run = [s for s in preview.all("script") if s.get("type") != "application/ld+json"]
    assert [s for s in run if not s.get("src")] == []


def test_outside_its_phase_the_page_says_what_is_possible_now(browser):
    cycle = make.cycle(stage=CycleStage.VOTING)
    page = browser.sign_in(make.person()).open(f"/proposals/submit?cycle_id={cycle.id}")
    assert page.status == 409 and "vot" in page.text.lower()
    assert page.all("a", href=f"/cycles/{cycle.id}")


def test_with_one_cycle_collecting_the_form_is_at_hand_and_with_several_one_chooses(browser):
    first = make.cycle()
    browser.sign_in(make.person())
    assert browser.open("/proposals/submit").all("textarea", id="need")
    make.cycle()
    assert browser.open("/proposals/submit").follow(first.neighborhood.name).all("textarea", id="need")


def test_a_visitor_is_asked_to_sign_in_first(browser):
    cycle = make.cycle()
    assert "/sign-in" in browser.open(f"/proposals/submit?cycle_id={cycle.id}").path


def test_an_author_edits_and_withdraws_on_pages(browser):
    proposal = make.proposal()
    shown = browser.sign_in(proposal.author).open(f"/proposals/{proposal.id}")
    edited = shown.follow("Edit").press("Save", title="Seven lamps on Mill Lane", watches_people="no")
    assert edited.one("h1") == "Seven lamps on Mill Lane"
    gone = edited.follow("Withdraw").press("Withdraw it")
    assert "Withdrawn" in gone.text and "Edit" not in [text_of(a) for a in gone.all("a")]


@pytest.mark.parametrize("path", ["", "/edit", "/withdraw"])
def test_somebody_else_s_draft_is_not_found(browser, path):
    draft = make.proposal(stage=Stage.DRAFT)
    assert browser.sign_in(make.person()).open(f"/proposals/{draft.id}{path}").status == 404


@pytest.mark.parametrize("path", ["edit", "withdraw"])
def test_somebody_else_s_proposal_cannot_be_changed(browser, path):
    proposal = make.proposal()
    assert browser.sign_in(make.person()).open(f"/proposals/{proposal.id}/{path}").status == 403


@pytest.mark.parametrize("stage", [pytest.param(stage, id=stage.value) for stage in Stage])
def test_every_stage_has_a_page_that_says_what_comes_next(browser, stage):
    proposal = make.proposal(stage=stage)
    page = browser.sign_in(proposal.author).open(f"/proposals/{proposal.id}")
    assert page.status == 200 and "What happens next" in page.text


AHEAD = (Stage.DRAFT, Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE, Stage.NOT_FEASIBLE, Stage.ON_BALLOT)


@pytest.mark.parametrize("stage", [pytest.param(stage, id=stage.value) for stage in AHEAD])
def test_what_comes_next_has_a_date_and_stands_before_the_text(browser, stage):
    proposal = make.proposal(stage=stage)
    said = browser.sign_in(proposal.author).open(f"/proposals/{proposal.id}").text
    before, _, after = said.partition("What should happen")
    assert re.search(r"\b20\d\d\b", before.partition("What happens next")[2]), before[-400:]
    assert "What happens next" not in after


def test_reporting_stands_below_all_that_is_said(browser):
    said = browser.sign_in(make.person()).open(f"/proposals/{make.proposal().id}").text
    assert said.index("What should happen") < said.rindex("Discussion") < said.index("Report something here")


def test_the_list_says_how_it_is_ordered_and_how_many_there_are(browser):
    cycle = make.cycle()
    for _ in range(13):
        make.proposal(within=cycle)
    page = browser.open("/proposals/")
    assert "13 proposals." in page.text and "same for everybody for the whole day" in page.text
    assert "Page 2 of 2" in page.follow("Next").text


def test_an_empty_list_says_why(browser):
    assert "No cycle has begun yet" in browser.open("/proposals/").text
    cycle = make.cycle()
    assert "No proposals yet" in browser.open("/proposals/").text
    make.proposal(within=cycle)
    assert "Nothing fits these filters" in browser.open("/proposals/?q=zebra").text


@pytest.mark.parametrize("query", ["page=x&stage=nonsense&sort=up&category=abc&area=-1", "page=-3", "q=%00%25"])
def test_a_strange_address_does_no_harm(browser, query):
    make.proposal()
    assert browser.open(f"/proposals/?{query}").status == 200


@pytest.mark.parametrize("path", ["/proposals/999", "/proposals/?cycle_id=999", "/proposals/99999999999999999999"])
def test_what_does_not_exist_is_not_found(browser, path):
    make.cycle()
    assert browser.open(path).status == 404
