"""The pages of a result: who sees what when, and that what they say is what was counted."""

import json

import pytest

from app.core.access import Role
from app.cycles.rules import PublicationLevel
from app.voting.counting.records import OFFERED, Rule
from app.voting.results import queries, services
from tests import make
from tests.browser import Browser
from tests.voting.results import board
from tests.voting.together import table


def path(result):
    return f"/results/{result.vote.cycle_id}"


def test_the_list_is_empty_before_the_first_result(browser):
    assert "No results yet" in browser.open("/results/").text


def test_a_certified_result_is_in_the_list_and_opens(browser):
    result = board.certified()
    page = browser.open("/results/").follow(result.vote.cycle.name)
    assert page.status == 200 and page.one("h1") == f"Result: {result.vote.cycle.name}"


def test_the_list_costs_the_same_however_long_it_is(app, statements):
    board.certified([(1,)])
    statements.clear()
    queries.cards()
    one = len(statements)
    board.certified([(2,)])
    statements.clear()
    assert (len(queries.cards().items), len(statements)) == (2, one)


def test_the_page_has_a_card_with_its_reason_for_each_option(browser):
    result = board.certified()
    page = browser.open(path(result))
    for option in result.vote.options:
        assert page.all("a", href=f"/proposals/{option.proposal_id}")
    facts = services.read_outcome(result.outcome)
    assert page.text.count("Not funded: ") == len(facts.lost)
    assert page.text.count("Funded: ") + page.text.count("Funded on ") >= len(facts.won)


@pytest.mark.parametrize("rule", OFFERED)
def test_each_drawing_has_its_table(browser, rule):
    page = browser.open(path(board.certified(count_rule=rule.value)))
    drawings = page.html.count('role="img"')
    assert drawings > (rule is not Rule.POINTS)
    assert len(page.all("table")) == drawings - 1  # the pot's numbers are its legend


def test_what_supporters_held_is_drawn_and_told_under_equal_shares(browser):
    page = browser.open(path(board.certified(count_rule="equal-shares")))
    assert "Equal shares, project by project" in page.text and "Shared budget, choice by choice" not in page.text
    assert "No project that could be paid then cost its supporters less for each point." in page.text


def test_before_the_certification_the_public_waits_and_the_board_sees(app):
    result = board.counted()
    seen = {who: Browser(app) for who in ("visitor", "clerk", "observer")}
    seen["clerk"].sign_in(make.person(roles=(Role.CLERK,)))
    seen["observer"].sign_in(make.person(roles=(Role.OBSERVER,)))
    seen["member"] = table(app, result.vote.cycle_id).first
    pages = {who: browser.open(path(result)) for who, browser in seen.items()}
    assert pages["visitor"].one("h1") == "There is no result yet"
    assert all("Not certified" in pages[who].text for who in ("clerk", "observer", "member"))


def test_the_board_signs_on_the_page(app):
    result = board.counted()
    members = table(app, result.vote.cycle_id)
    signed = members.first.open(path(result)).press("Sign as clerk")
    assert "One signature is missing" in signed.text
    certified = members.observer.open(path(result)).press("Sign as observer")
    assert "certified and public" in certified.text and "Not certified" not in certified.text


def test_while_people_vote_the_page_says_when_results_come(browser):
    vote = board.voted([(1,)])
    page = browser.open(f"/results/{vote.cycle_id}")
    assert "People are voting now" in page.text and "The result comes here" in page.text


def test_a_cycle_before_its_vote_says_when(browser):
    assert "Residents vote" in browser.open(f"/results/{make.cycle().id}").text


@pytest.mark.parametrize("cycle_id", [999_999])
def test_an_unknown_cycle_has_no_result(browser, cycle_id):
    assert browser.open(f"/results/{cycle_id}").status == 404


def test_few_voters_are_not_printed_as_a_number(browser):
    page = browser.open(path(board.certified([(1,), (2,), (3,)])))
    assert "Fewer than 10 people voted" in page.text
    assert "Voted Fewer than 10 people" in page.text


def test_ten_voters_are(browser):
    assert "10 people voted" in browser.open(path(board.certified())).text


def test_the_files_are_what_their_hashes_say(app, browser):
    result = board.certified()
    files = {name: browser.client.get(f"{path(result)}/files/{name}") for name in services_files()}
    assert {answer.status_code for answer in files.values()} == {200}
    assert services.sha256(files["closed-ballot-set.bin"].data).hexdigest() == result.closed_set_hash
    assert services.sha256(files["outcome.json"].data).hexdigest() == result.outcome_hash
    lot = json.loads(files["lot.json"].data)
    assert [drawn["option"] for drawn in lot["order"]] == sorted(
        result.lot_order, key=lambda n: next(d["value"] for d in lot["order"] if d["option"] == n)
    )


def services_files():
    return ("closed-ballot-set.bin", "ballots.pb", "lot.json", "outcome.json")


def test_below_full_publication_no_ballots_leave_the_house(browser):
    result = board.certified(publication_level=PublicationLevel.TOTALS)
    page = browser.open(path(result))
    assert "This vote does not publish its rankings" in page.text
    answers = [browser.client.get(f"{path(result)}/files/{name}").status_code for name in services_files()]
    assert answers == [404, 404, 200, 200]


def test_nothing_can_be_taken_home_before_the_certification(browser):
    result = board.counted()
    answers = {browser.client.get(f"{path(result)}/files/{name}").status_code for name in services_files()}
    assert answers == {404}


def test_the_buttons_of_the_board_bring_a_vote_to_its_result(app):
    vote = board.voted()
    make.close(vote.cycle_id, "A test.")
    members = table(app, vote.cycle_id)
    members.agree("reconcile", "Reconcile the numbers")
    members.agree("open-envelopes", "Open the envelopes")
    members.agree("count", "Count the ballots")
    assert "Not certified" in members.first.open(f"/results/{vote.cycle_id}").text


@pytest.mark.parametrize("role", [Role.CLERK, Role.OBSERVER])
def test_somebody_in_the_role_but_not_on_the_board_finds_no_place_to_sign(app, role):
    page = Browser(app).sign_in(make.person(roles=(role,))).open(path(board.counted()))
    assert "Not certified" in page.text and "Sign as" not in page.text
