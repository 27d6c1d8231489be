"""The ballot in a browser without JavaScript: pick, order, check, cast, thanks; read-only for everybody else."""

import pytest
import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Actor
from app.core.db import db
from app.voting import queries
from app.voting.models import Envelope
from tests import make
from tests.browser import Browser, Page, text_of
from tests.voting.ballots import box


def signed_in(browser: Browser, actor: Actor) -> Browser:
    return browser.sign_in(db.session.get_one(Person, actor.id))


def open_ballot(browser: Browser, **more: object) -> tuple[int, Page, dict[int, str]]:
    vote, [voter] = make.open_vote(**more)
    cycle_id = vote.cycle_id
    titles = {option.number: option.title for option in queries.options(vote.id)}
    return cycle_id, signed_in(browser, voter).open(f"/ballots/{cycle_id}"), titles


def move(page: Page, way: str, title: str) -> Page:
    words = {"add": "Add to my list", "up": "Move up", "down": "Move down", "remove": "Remove"}
    return page.press(f"{words[way]}: {title}")


def picked(page: Page) -> list[str]:
    [listed] = [element for element in page.tree.iter() if element.get("data-ranked") is not None]
    return [item.get("data-title") for item in listed if item.get("data-title")]


def test_a_resident_picks_orders_checks_and_casts(browser):
    cycle_id, page, titles = open_ballot(browser)
    page = move(move(page, "add", titles[2]), "add", titles[4])
    page = move(page, "up", titles[4])
    assert picked(page) == [titles[4], titles[2]]
    thanks = page.press("Check my ballot").press("Seal and cast my ballot")
    assert thanks.one("h1") == "Thank you. Your vote is stored."
    box.close(cycle_id)
    assert box.rankings(cycle_id) == [(4, 2)]


def test_the_ballot_names_money_in_the_currency_of_the_neighborhood(browser):
    _cycle, page, _titles = open_ballot(browser, where=make.neighborhood(currency="EUR"))
    assert "€" in page.text and "$" not in page.text


def test_what_a_move_did_is_said(browser):
    _cycle, page, titles = open_ballot(browser)
    page = move(page, "add", titles[1])
    assert page.one("p", role="status") == f"{titles[1]} added as number 1."


def test_a_full_list_says_which_and_the_way_out(browser):
    _cycle, page, titles = open_ballot(browser, max_ranks=1)
    page = move(page, "add", titles[1])
    assert "Your list is full. Remove one to add this." in page.text
    assert picked(move(page, "remove", titles[1])) == []


def test_an_empty_list_cannot_be_checked(browser):
    _cycle, page, _titles = open_ballot(browser)
    assert "Pick at least one option first." in page.press("Check my ballot").text


def test_the_page_before_casting_warns_of_unused_ranks_and_of_more_than_the_pot(browser):
    _cycle, page, titles = open_ballot(browser, pot_cents=30_000_00, options=3, max_ranks=3)
    dear = max(titles)
    for number in range(1, dear + 1):
        page = move(page, "add", titles[number])
    assert "More than the pot" in page.press("Check my ballot").text
    fewer = move(page, "remove", titles[1]).press("Check my ballot")
    assert "You could still rank 1 more option." in fewer.text


def test_going_back_from_the_check_keeps_the_list(browser):
    _cycle, page, titles = open_ballot(browser)
    page = move(move(page, "add", titles[3]), "add", titles[1])
    assert picked(page.press("Check my ballot").press("Go back and change the list")) == [titles[3], titles[1]]


def test_sending_the_check_page_twice_stores_one_ballot(browser):
    _cycle, page, titles = open_ballot(browser)
    check = move(page, "add", titles[1]).press("Check my ballot")
    check.press("Seal and cast my ballot")
    assert check.press("Seal and cast my ballot").one("h1") == "Thank you. Your vote is stored."
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Envelope)) == 1


def test_going_back_in_the_browser_and_changing_the_list_casts_anew(browser):
    cycle_id, page, titles = open_ballot(browser)
    first = move(page, "add", titles[1])
    first.press("Check my ballot").press("Seal and cast my ballot")
    move(first, "add", titles[2]).press("Check my ballot").press("Seal and cast my ballot")
    box.close(cycle_id)
    assert box.rankings(cycle_id) == [(1, 2)]


def test_an_earlier_list_is_never_shown_again(browser):
    cycle_id, page, titles = open_ballot(browser)
    move(page, "add", titles[1]).press("Check my ballot").press("Seal and cast my ballot")
    again = browser.open(f"/ballots/{cycle_id}")
    assert "You have voted online" in again.text
    assert picked(again) == []


def test_the_ranking_stands_in_no_address_and_no_cookie(browser):
    _cycle, page, titles = open_ballot(browser)
    check = move(page, "add", titles[2]).press("Check my ballot")
    thanks = check.press("Seal and cast my ballot")
    assert [p.path.count("?") for p in (page, check, thanks)] == [0, 0, 0]
    with browser.client.session_transaction() as session:
        assert not {"ranked", "ranking", "ballot", "served"} & set(session)


def test_a_visitor_reads_the_ballot_and_is_asked_to_sign_in(browser):
    vote, _roll = make.open_vote()
    page = browser.open(f"/ballots/{vote.cycle_id}")
    assert "Sign in to vote" in page.text
    assert [text_of(b) for b in page.all("button") if "list" in text_of(b)] == []


def test_somebody_without_a_verified_home_is_sent_to_their_residence(browser):
    vote, _roll = make.open_vote()
    page = signed_in(browser, make.actor()).open(f"/ballots/{vote.cycle_id}")
    assert "You cannot vote here" in page.text
    assert any("residence" in (link.get("href") or "") for link in page.all("a"))


def test_a_resident_verified_after_the_opening_is_told_about_the_roll(browser):
    home = make.neighborhood()
    vote, _roll = make.open_vote(where=home)
    page = signed_in(browser, make.resident(home)).open(f"/ballots/{vote.cycle_id}")
    assert "You are not on the roll of this vote" in page.text


def test_a_fixed_ballot_can_be_read_before_voting_begins(browser):
    vote = make.fixed_vote()
    assert "Voting has not begun" in browser.open(f"/ballots/{vote.cycle_id}").text


def test_before_the_ballot_is_fixed_the_page_says_what_is_on(browser):
    cycle = make.cycle()
    page = browser.open(f"/ballots/{cycle.id}")
    assert page.status == 409
    assert "Voting is open" in page.text


def test_after_the_close_the_ballot_is_only_there_to_read(browser):
    cycle_id, page, titles = open_ballot(browser)
    check = move(page, "add", titles[1]).press("Check my ballot")
    box.close(cycle_id)
    assert "Voting is over" in browser.open(f"/ballots/{cycle_id}").text
    refused = check.press("Seal and cast my ballot")
    assert refused.status == 409
    assert "was not stored" in refused.text


@pytest.mark.parametrize("value", ["", "99", "x", "-1", "1e0", "٣"])
def test_what_is_no_option_is_left_out_of_the_list(app, browser, value):
    _cycle, page, _titles = open_ballot(browser)
    page = page.press("Check my ballot", ranked=value)
    assert picked(page) == []


def test_one_open_vote_is_opened_at_once_and_of_two_one_may_choose(browser):
    assert "No vote is open now" in browser.open("/ballots/").text
    first, _roll = make.open_vote()
    assert browser.open("/ballots/").path == f"/ballots/{first.cycle_id}"
    make.open_vote()
    assert browser.open("/ballots/").one("h1") == "Vote"


def test_a_long_ballot_costs_as_many_statements_as_a_short_one(browser, statements):
    counts = []
    for options in (1, 8):
        vote, _roll = make.open_vote(options=options)
        path = f"/ballots/{vote.cycle_id}"
        statements.clear()
        browser.open(path)
        counts.append(len(statements))
    assert counts[0] == counts[1]
