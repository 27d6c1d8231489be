"""Reading what was changed, and two browsers that edit one proposal: nobody's text is lost."""

import pytest

from app.accounts.queries import actor_of
from app.proposals import services
from app.proposals.rules import Stage
from tests import make
from tests.browser import Browser, text_of
from tests.proposals import said
from tests.proposals.revisions.test_revisions import edited


@pytest.fixture
def author(app):
    return make.person()


@pytest.fixture
def proposal(app, author):
    cycle = make.cycle()
    return services.submit(cycle.id, said.words(cycle), by=actor_of(author))


def browsers(app, author, proposal):
    """The edit form of one proposal, open on a phone and on a laptop."""
    return [Browser(app).sign_in(author).open(f"/proposals/{proposal.id}/edit") for _ in range(2)]


def test_everybody_reads_what_was_changed_in_words_and_not_by_color_alone(browser, proposal, author):
    by = actor_of(author)
    edited(proposal, by, title="Seven lamps on Mill Lane", changed="One lamp more.")
    page = browser.open(f"/proposals/{proposal.id}").follow("See the earlier text, and what was changed")
    assert page.one("del") == "taken out: Six (end of what was taken out)"
    assert page.one("ins") == "put in: Seven (end of what was put in)"
    assert page.text.count("One lamp more.") == 2 and author.public_name in page.text


def test_a_proposal_with_one_text_has_no_link_but_its_page(browser, proposal):
    assert "earlier text" not in browser.open(f"/proposals/{proposal.id}").text
    page = browser.open(f"/proposals/{proposal.id}/revisions")
    assert "as it was first sent in" in page.text and not page.all("del")


@pytest.mark.parametrize("number", ["0", "3", "-1"])
def test_a_revision_that_is_not_there_is_not_found(browser, proposal, number):
    assert browser.open(f"/proposals/{proposal.id}/revisions?number={number}").status == 404


def test_nobody_reads_the_revisions_of_a_draft(browser, app):
    draft = make.proposal(stage=Stage.DRAFT)
    assert browser.open(f"/proposals/{draft.id}/revisions").status == 404
    assert browser.sign_in(draft.author).open(f"/proposals/{draft.id}/revisions").status == 404


def test_markup_in_a_text_is_shown_as_typed(browser, proposal, author):
    edited(proposal, actor_of(author), title="<script>alert(1)</script> lamps")
    page = browser.open(f"/proposals/{proposal.id}/revisions")
    assert "<script>alert" not in page.html and "script" in page.one("ins")


def test_two_browsers_that_edit_different_parts_lose_nothing(app, proposal, author):
    phone, laptop = browsers(app, author, proposal)
    phone.press("Save", title="Seven lamps on Mill Lane")
    again = laptop.press("Save", place="Mill Lane and the bridge", changed="The bridge too.")
    assert "changed while you were writing" in again.text and "Changed meanwhile by" in again.text
    assert text_of(again.all("ins")[0]).startswith("put in: Seven")
    assert again.all("input", id="title")[0].get("value") == "Seven lamps on Mill Lane"
    assert again.all("input", id="place")[0].get("value") == "Mill Lane and the bridge"
    saved = again.press("Save")
    assert "Seven lamps on Mill Lane" in saved.one("h1") and "Mill Lane and the bridge" in saved.text


def test_where_both_changed_a_part_what_was_typed_stays_and_both_are_shown(app, proposal, author):
    phone, laptop = browsers(app, author, proposal)
    phone.press("Save", title="Seven lamps on Mill Lane")
    again = laptop.press("Save", title="Eight lamps on Mill Lane")
    assert again.all("input", id="title")[0].get("value") == "Eight lamps on Mill Lane"
    assert "Somebody else changed this too" in again.one("p", id="title-error")
    assert "Seven" in text_of(again.all("ins")[0])
    assert "Eight lamps" in again.press("Save").one("h1")
    texts = Browser(app).open(f"/proposals/{proposal.id}/revisions?number=2")
    assert "Seven" in texts.text, "what the phone had saved stays readable"


def test_a_third_save_in_between_is_shown_as_well(app, proposal, author):
    phone, laptop = browsers(app, author, proposal)
    shown = phone.press("Save", title="Seven lamps on Mill Lane")
    again = laptop.press("Save", place="Mill Lane and the bridge")
    shown.browser.open(f"/proposals/{proposal.id}/edit").press("Save", need="Children walk home there in the dark.")
    third = again.press("Save")
    assert len(third.all("ins")) >= 2 and "Children walk home" in third.one("textarea", id="need")
    assert "Your changes are saved" in third.press("Save").text


def test_the_lines_of_an_estimate_come_up_too(app, proposal, author):
    phone, laptop = browsers(app, author, proposal)
    phone.press("Save", **{"estimate-0-amount": "13,000"})
    again = laptop.press("Save", place="Mill Lane and the bridge")
    assert again.all("input", name="estimate-0-amount")[0].get("value") == "13,000"


def test_what_others_changed_stays_in_sight_while_the_form_has_other_faults(app, proposal, author):
    phone, laptop = browsers(app, author, proposal)
    phone.press("Save", title="Seven lamps on Mill Lane")
    again = laptop.press("Save", place="Mill Lane and the bridge").press("Save", summary="short")
    assert "Changed meanwhile by" in again.text and "at least 20" in again.text


def test_a_number_that_no_page_printed_is_taken_as_none(app, proposal, author):
    page = Browser(app).sign_in(author).open(f"/proposals/{proposal.id}/edit")
    again = page.press("Save", title="Seven lamps on Mill Lane", read_up_to="²", began_from="-5")
    assert again.status == 200 and "changed while you were writing" in again.text
    assert "Seven lamps" in again.press("Save").one("h1")
