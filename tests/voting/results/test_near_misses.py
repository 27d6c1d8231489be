"""How narrowly a project won or missed, in words, and what the other rules would have done."""

import pytest
from flask_babel import force_locale

from app.core import jobs
from app.core.access import Role
from app.core.db import db
from app.voting.counting.misses import NearestMiss
from app.voting.counting.records import Rule
from app.voting.models import Explanation
from app.voting.results.explanations.rules import OtherRule, disputed
from app.voting.results.explanations.words import nearest
from tests import make
from tests.browser import Browser
from tests.voting.results import board
from tests.voting.results.test_facts import facts

FUNDED = facts(900_00, [600_00, 300_00], ["a", "a", "b"]).ending(1)
LOST = facts(900_00, [900_00, 600_00], ["a", "a", "b"]).ending(2)
DEAR = facts(900_00, [1000_00], ["a"]).ending(1)
FREE = facts(900_00, [0, 1], ["a"], Rule.RANKED_CHOICE).ending(1)


def miss(cost, extra, *, funded=False):
    return NearestMiss(option=1, funded=funded, largest_cost_cents=cost, extra_ballots=extra, extra_cap=100)


SAID = [
    (LOST, miss(500_00, 1), "at a cost of $500 or less: $100 less. 1 more ballot that ranks only this project would"),
    (LOST, miss(500_00, 3), "3 more ballots that rank only this project would have funded it."),
    (LOST, miss(None, None), "No lower cost would have changed that. Even 100 more ballots that rank only"),
    (FUNDED, miss(650_50, 0, funded=True), "still have been funded if it had cost up to $650.50: $50.50 more."),
    (FUNDED, miss(600_00, 0, funded=True), "It would not have been funded at a higher cost."),
]


@pytest.mark.parametrize(("ending", "found", "said"), SAID)
def test_the_sentence_is_made_of_the_numbers(app, ending, found, said):
    with app.test_request_context(), force_locale("en"):
        assert said in nearest(found, ending, "USD")


def test_no_number_of_ballots_makes_the_dearest_affordable(app):
    with app.test_request_context(), force_locale("en"):
        assert "ballot" not in nearest(miss(900_00, None), DEAR, "USD")


def test_a_project_that_costs_nothing_has_no_margin(app):
    with app.test_request_context(), force_locale("en"):
        assert nearest(miss(None, 0, funded=True), FREE, "USD") == ""


def path(result, page=""):
    return f"/results/{result.vote.cycle_id}{page}"


def test_until_the_worker_has_been_the_page_says_how_far_it_is(browser):
    result = board.certified()
    db.session.get_one(Explanation, result.id).percent = 40
    db.session.commit()
    page = browser.open(path(result))
    assert page.status == 200 and "Near misses are being worked out: 40%" in page.text
    assert "The other rules are being worked out: 40% done" in browser.open(path(result, "/compare")).text


def test_each_project_says_how_narrow_it_was(browser):
    result = board.certified()
    jobs.run_waiting()
    page = browser.open(path(result))
    assert "being worked out" not in page.text
    assert page.text.count("would have been funded at") + page.text.count("No lower cost") >= 1
    assert page.text.count("It would still have been funded") + page.text.count("not have been funded at a higher") >= 1


def test_the_comparison_is_marked_as_an_illustration(browser):
    result = board.certified()
    jobs.run_waiting()
    page = browser.open(path(result, "/compare"))
    assert (
        "An illustration, not a result" in page.text and "might have filled in their ballots differently" in page.text
    )
    assert "Shared budget, then runoffs (the result)" in page.text
    assert len(page.all("table")) == 2 and "Ballots with at least one funded choice" in page.text


def test_a_comparison_before_the_certification_is_for_the_board(app):
    result = board.counted()
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    assert Browser(app).open(path(result, "/compare")).status == 404
    assert clerk.open(path(result, "/compare")).status == 200


def other(*funded):
    return OtherRule(rule=Rule.POINTS, funded=funded, spent_cents=0, left_cents=0, covered=0)


@pytest.mark.parametrize(
    ("compared", "options"),
    [([], set()), ([other(1, 2)], set()), ([other(1, 2), other(2, 1)], set()), ([other(1, 2), other(2, 3)], {1, 3})],
)
def test_disputed_is_what_some_rules_fund_and_others_do_not(compared, options):
    assert disputed(compared) == options
