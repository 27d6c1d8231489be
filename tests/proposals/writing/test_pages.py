"""The steps of a proposal as their writer meets them: saved at any moment, left, taken up, checked and sent."""

import pytest

from app.proposals.rules import Stage
from tests import make
from tests.browser import Browser
from tests.proposals.test_pages import error_at
from tests.proposals.writing import steps

LONG = "Lamp " * 40_000
HOSTILE = ["<script>alert(1)</script> by the lane", "{{ 7*7 }} \u202e رفع 💡 by the lane", "'; DROP TABLE proposal; --"]


@pytest.fixture
def cycle(app):
    return make.cycle()


@pytest.fixture
def writer(browser):
    return browser.sign_in(make.person())


def test_from_the_first_word_to_a_public_proposal(writer, cycle):
    check = steps.to(writer, cycle, "check")
    for words in ("Six lamps on Mill Lane", steps.NEED, "Mill Lane", "Two hundred children", "$12,000", "The school"):
        assert words in check.text
    sent = check.press("Send it in")
    assert "2026-P001" in sent.text and "Two hundred children" in sent.text and "Waiting for review" in sent.text


@pytest.mark.parametrize("step", ["idea", "place", "gains", "costs", "help"])
def test_a_writer_who_leaves_comes_back_to_the_first_unfinished_step(writer, cycle, step):
    left = steps.to(writer, cycle, step).press("Save and come back later")
    assert left.path == "/proposals/mine" and "Your draft is saved" in left.text
    draft = steps.newest()
    title = draft.title or "Draft without a title"
    back = left.follow(title)
    assert back.path == f"/proposals/{draft.id}/write/{'check' if step == 'help' else step}"


def test_what_was_only_begun_is_kept_when_its_writer_leaves(writer, cycle):
    steps.to(writer, cycle, "idea").press("Save and come back later", title="La")
    page = writer.open(f"/proposals/{steps.newest().id}/write/idea")
    assert page.all("input", name="title")[0].get("value") == "La"
    assert "at least 5" in error_at(page.press(steps.ON), "title")


def test_even_the_first_words_can_be_left(writer, cycle):
    page = writer.open(f"/proposals/submit?cycle_id={cycle.id}")
    page.press("Save and come back later", need="Dark")
    assert steps.newest().need == "Dark"


@pytest.mark.parametrize(
    ("step", "field", "wrong", "message"),
    [
        ("need", "need", "", "This is needed"),
        ("need", "need", LONG, "3000 characters"),
        ("idea", "title", "x" * 121, "120 characters"),
        ("idea", "summary", "short", "at least 20"),
        ("place", "place", "", "This is needed"),
        ("gains", "gains", LONG, "3000 characters"),
        ("costs", "estimate-0-amount", "", "enter an amount"),
        ("costs", "estimate-0-amount", "about 5", "like 1,200"),
        ("costs", "estimate-0-what", "", "What is this amount for"),
        ("help", "helpers", LONG, "3000 characters"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_is_kept_there(writer, cycle, step, field, wrong, message):
    page = steps.to(writer, cycle, step)
    refused = page.press(steps.ON, **steps.answers(cycle)[step] | {field: wrong})
    assert message in error_at(refused, field) and refused.one("title").startswith("Error: ")
    assert wrong.strip() in refused.html


def test_200_000_characters_are_refused_when_leaving_too(writer, cycle):
    refused = steps.to(writer, cycle, "gains").press("Save and come back later", gains=LONG)
    assert "3000 characters" in error_at(refused, "gains") and LONG.strip() in refused.html


def test_lines_without_an_amount_are_asked_about_and_whole_ones_are_saved(writer, cycle):
    typed = steps.answers(cycle)["costs"] | {"estimate-1-what": "Poles"}
    page = steps.to(writer, cycle, "costs").press("Save and come back later", **typed)
    assert "enter an amount" in error_at(page, "estimate-1-amount")


def test_a_sum_beyond_the_pot_is_refused_at_its_field_and_kept(writer, cycle):
    page = steps.to(writer, cycle, "costs")
    dear = page.press(steps.ON, **{"estimate-0-what": "A tower", "estimate-0-amount": "9,000,000"})
    assert "more than the whole pot can pay" in dear.one("p", id="estimate-error")
    assert dear.all("input", id="estimate-0-amount")[0].get("value") == "9,000,000"


@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_back_exactly_and_harmless(writer, cycle, words):
    draft_id = int(steps.begin(writer, cycle, need=words).path.split("/")[2])
    page = writer.open(f"/proposals/{draft_id}/write/need")
    assert page.one("textarea", id="need") == words
    assert [s for s in page.all("script") if not s.get("src")] == []


def test_a_changed_answer_leads_back_to_the_check(writer, cycle):
    check = steps.to(writer, cycle, "check").follow("Change the place").press(steps.ON, place="Elm Street")
    assert check.one("h1") == "Check it and send it in" and "Elm Street" in check.text


def test_the_check_names_what_is_missing_and_sends_nothing(writer, cycle):
    steps.begin(writer, cycle)
    draft = steps.newest()
    check = writer.open(f"/proposals/{draft.id}/write/check")
    assert "Still missing" in check.text and "Send it in" not in check.text
    assert check.follow("What is your idea?").path.endswith("/write/idea")


def test_similar_proposals_are_shown_before_sending(writer, cycle):
    make.proposal(within=cycle, title="Six lamps on Mill Lane, please")
    assert "Has somebody proposed this already?" in steps.to(writer, cycle, "check").text


def test_the_first_form_sent_twice_makes_one_draft(writer, cycle):
    page = writer.open(f"/proposals/submit?cycle_id={cycle.id}")
    paths = [page.press(steps.ON, need=steps.NEED).path for _ in range(2)]
    assert paths[0] == paths[1]


def test_a_sent_proposal_has_left_the_steps(writer, cycle):
    sent = steps.to(writer, cycle, "check").press("Send it in")
    for step in ("need", "check"):
        assert writer.open(f"{sent.path}/write/{step}").path == sent.path


@pytest.mark.parametrize("path", ["", "/need", "/costs", "/check"])
def test_nobody_else_finds_a_draft(app, path):
    draft = make.proposal(stage=Stage.DRAFT)
    assert Browser(app).sign_in(make.person()).open(f"/proposals/{draft.id}/write{path}").status == 404
    assert Browser(app).sign_in(draft.author).open(f"/proposals/{draft.id}/write{path}").status == 200


def test_choices_must_be_made_before_going_on(writer, cycle):
    typed = {k: v for k, v in steps.answers(cycle)["idea"].items() if k not in ("category_id", "watches_people")}
    page = steps.to(writer, cycle, "idea").press(steps.ON, **typed)
    wrong = [page.one("p", id=f"{field}-error") for field in ("category_id", "watches_people")]
    assert wrong == ["Error: Please choose one.", "Error: Please answer this question."]
