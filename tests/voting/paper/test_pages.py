"""The pages of paper ballots, walked as those who use them do."""

import re

from app.core import jobs
from app.core.access import Role
from app.voting.paper import queries as paper
from app.voting.paper.batches.queries import batches
from tests import make
from tests.browser import Browser, text_of
from tests.voting.paper.station import ON_SQLITE, batch, close, entered_twice, hand_out, returned, station


def somebody(app, role=Role.OFFICER):
    return Browser(app).sign_in(make.person(roles=(role,)))


def test_a_clerk_prepares_a_box_and_a_printing(browser):
    vote, _roll = make.open_vote()
    page = browser.sign_in(make.person(roles=(Role.CLERK,))).open("/paper/").follow(vote.cycle.name)
    page = page.follow("Add a box").press("Add it", name="Library")
    page = page.press("Record it", sheets="50", language="en")
    assert "1–50" in page.text
    assert paper.boxes(vote.id)[0].stock[0].printed == 50


def test_the_desk_hands_out_takes_back_and_puts_right(app):
    at = station()
    page = somebody(app).open(f"/paper/{at.cycle_id}").follow("Go to the desk")
    page = page.press("Search the roll", q=at.entries[0].hex()[:8])
    page = page.browser.open(next(a.get("href") for a in page.all("a") if text_of(a).startswith("Hand one out")))
    page = page.press("Hand it out", stub="7")
    assert "Ballot 7 is handed out" in page.text
    page = page.follow("A ballot has come back").press("It is in the box", stub="7")
    assert "Ballot 7 came back" in page.text
    page = page.browser.open(f"/paper/{at.cycle_id}/desk").press("Show this ballot", stub="7")
    page = page.press("Take the mark back", note="It was 17.").press("Note it", stage="lost", note="The mail lost it.")
    assert "The mail lost it." in page.text


@ON_SQLITE
def test_a_refusal_of_the_desk_stands_at_its_field(app):
    at = station()
    hand_out(at, 0, 7)
    page = somebody(app).open(f"/paper/{at.cycle_id}/desk/voters/{at.entries[1].hex()}").press("Hand it out", stub="7")
    assert "has been handed out already" in page.one("p", id="stub-error")
    page = page.press("Hand it out", stub="seven")
    assert "whole number" in page.one("p", id="stub-error")


@ON_SQLITE
def test_a_stub_nobody_has_leads_back_to_the_desk(app):
    at = station()
    page = somebody(app).open(f"/paper/{at.cycle_id}/desk").press("Show this ballot", stub="9")
    assert "No ballot with this number has been handed out." in page.text


def test_a_batch_is_counted_twice_entered_twice_and_settled(app):
    at = returned(10)
    first, second, third = somebody(app, Role.CLERK), somebody(app), somebody(app)
    page = first.open(f"/paper/{at.cycle_id}").follow("Batches and entry").press("Write the header", size="10")
    address = page.path
    page = second.open(address).press("This is my count", size="9")
    assert "The two counts differ" in page.one("p", id="size-error")
    page = page.press("This is my count", size="10")
    numbers = re.findall(r"<span>(\d{4})</span>", page.html)
    for who, last in ((first, "2"), (second, "3")):
        page = who.open(address).follow("Enter the slips")
        for number in numbers:
            page = page.press("Next slip", line=f"{number} {'1 2' if number != numbers[-1] else last}")
    page = third.open(address).follow("Look at what differs")
    assert [text for text in ("One entry", numbers[-1]) if text not in page.text] == []
    page.press("This is what it says", line=f"{numbers[-1]} 3")
    assert (paper.problems(at.vote_id), paper.accepted_rankings(at.vote_id)[-1]) == ([], (3,))


@ON_SQLITE
def test_a_third_look_that_agrees_with_neither_asks_once_more(app):
    at = returned(10)
    of = batch(at, 10)
    entered_twice(at, of, ["1"] * 10, ["2"] + ["1"] * 9)
    page = somebody(app).open(f"/paper/{at.cycle_id}/batches/{of.id}/third-look")
    line = f"{of.slips[0].number} 3"
    page = page.press("This is what it says", line=line)
    assert "neither of the two entries" in page.one("p", id="line-error")
    page.press("This is what it says", line=line)
    assert (3,) in paper.accepted_rankings(at.vote_id)


@ON_SQLITE
def test_a_second_counter_and_a_second_operator_see_nothing_of_the_first(app):
    at = returned(13)
    of = batch(at, 13)
    page = somebody(app).open(f"/paper/{at.cycle_id}/batches/{of.id}/enter")
    page = page.press("Next slip", line=f"{of.slips[0].number} 4 2 1")
    assert "4 2 1" in page.text
    assert "4 2 1" not in somebody(app).open(f"/paper/{at.cycle_id}/batches/{of.id}/enter").html


@ON_SQLITE
def test_a_second_counter_is_not_shown_the_first_count(app):
    at = returned(43)
    somebody(app, Role.CLERK).open(f"/paper/{at.cycle_id}/batches").press("Write the header", size="37")
    made = batches(at.vote_id)[0]
    pages = [somebody(app).open(f"/paper/{at.cycle_id}/batches{tail}") for tail in ("", f"/{made.id}")]
    assert [page.path for page in pages if "37" in page.one("main")] == []


@ON_SQLITE
def test_a_line_that_cannot_be_read_stays_in_the_field_with_its_reason(app):
    at = returned(10)
    of = batch(at, 10)
    page = somebody(app).open(f"/paper/{at.cycle_id}/batches/{of.id}/enter").press("Next slip", line="3 1 7")
    assert "four digits" in page.one("p", id="line-error")
    assert page.all("input", id="line")[0].get("value") == "3 1 7"


@ON_SQLITE
def test_sums_are_told_in_words(app):
    at = returned(10)
    page = somebody(app, Role.OBSERVER).open(f"/paper/{at.cycle_id}")
    assert "The count is blocked" in page.text and "Differs" in page.text and "Agrees" in page.text
    entered_twice(at, batch(at, 10), ["1"] * 10)
    assert "Every sum agrees" in somebody(app, Role.OBSERVER).open(f"/paper/{at.cycle_id}").text


@ON_SQLITE
def test_what_is_left_is_counted_after_the_close(app):
    at = station(sheets=20)
    close(at)
    page = somebody(app).open(f"/paper/{at.cycle_id}/boxes/{at.box_id}").press("Keep this number", stubs="0")
    page = page.browser.open(f"/paper/{at.cycle_id}/stock/{at.stock_id}/count")
    page = page.press("Keep these numbers", spoiled="1", unused="20")
    assert "Only 20 sheets were printed." in page.one("p", id="unused-error")
    page.press("Keep these numbers", spoiled="1", unused="19")
    assert paper.problems(at.vote_id) == []


@ON_SQLITE
def test_an_observer_draws_and_checks_a_sample(app):
    at = returned(10)
    of = batch(at, 10)
    entered_twice(at, of, ["1"] * 10)
    page = somebody(app, Role.OBSERVER).open(f"/paper/{at.cycle_id}/sample")
    page = page.press("Draw the sample", seed="4 4 1", share_percent="5")
    page = page.press("This is what the paper says", line=f"{of.slips[0].number} 1")
    assert "That is what was accepted." in page.text
    page = page.press("This is what the paper says", line=f"{of.slips[1].number} 2")
    assert "The paper says something else" in page.text and "Errors found 1" in page.text


@ON_SQLITE
def test_a_clerk_mixes_boxes_and_takes_a_batch_apart(app):
    at = returned(10)
    of, clerk = batch(at, 10), somebody(app, Role.CLERK)
    page = clerk.open(f"/paper/{at.cycle_id}/batches/{of.id}").follow("Take this batch apart")
    page = page.press("Take it apart", reason="Bundled twice.")
    assert "Taken apart" in page.text
    assert "There is no other box" in clerk.open(f"/paper/{at.cycle_id}/boxes/{at.box_id}/join").text


@ON_SQLITE
def test_a_print_is_ordered_made_and_downloaded(app, prints):
    at = station(sheets=2)
    clerk = somebody(app, Role.CLERK)
    page = clerk.open(f"/paper/{at.cycle_id}/print").press("Make the files", what=f"stock:{at.stock_id}")
    assert "Being made" in page.text
    jobs.run_waiting()
    [link] = [a for a in clerk.open(f"/paper/{at.cycle_id}/print").all("a") if text_of(a) == "ballots-1-2-en.pdf"]
    assert clerk.client.get(link.get("href")).data.startswith(b"%PDF")
    assert clerk.open(link.get("href").replace("/1.pdf", "/2.pdf")).status == 404
