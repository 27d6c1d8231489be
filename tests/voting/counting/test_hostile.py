"""Votes nobody hopes for: each has a defined result, and none is slow."""

import time

import numpy as np
import pytest

from app.voting.counting.count import count
from app.voting.counting.outcomes import Kind, ReasonCode
from app.voting.counting.ranked import first_difference
from app.voting.counting.records import OFFERED, Rule, Vote
from tests.sizes import size
from tests.voting.counting.made import options, vote, word

MANY = size(commit=2_000, night=10_000)
each_rule = pytest.mark.parametrize("rule", OFFERED)


def _codes(outcome):
    return [reason.code.value for reason in outcome.reasons]


@each_rule
@pytest.mark.parametrize("ballots", [[], ["", ""]])
def test_no_counting_ballots_fund_nothing(rule, ballots):
    outcome = count(vote(100, [50, 0, 500], ballots), rule)
    assert (outcome.funded, outcome.left_cents, outcome.counting_ballots) == ((), 100, 0)
    assert _codes(outcome) == ["unranked", "unranked", "costs_more_than_the_pot"]
    assert outcome.events[-1].kind is Kind.STOP


@each_rule
def test_no_options_at_all_count_to_nothing(rule):
    made = Vote(pot_cents=5, options=(), max_ranks=1, ballots=np.zeros((3, 1), dtype=np.uint16), lot_order=())
    assert count(made, rule).left_cents == 5


@each_rule
def test_one_option_and_one_ballot(rule):
    assert word(count(vote(100, [100], ["a"]), rule).funded) == "a"


@each_rule
def test_all_tied_the_lot_decides(rule):
    assert word(count(vote(100, [100] * 5, ["a", "b", "c", "d", "e"], lot="cdeab"), rule).funded) == "c"


@each_rule
def test_all_too_dear_are_struck_with_the_reason(rule):
    outcome = count(vote(100, [101, 500], ["ab", "b"]), rule)
    assert (word(outcome.funded), outcome.counting_ballots, outcome.ballots) == ("", 0, 2)
    assert set(_codes(outcome)) == {"costs_more_than_the_pot"}


@each_rule
def test_below_an_option_too_dear_the_lower_ranks_move_up(rule):
    outcome = count(vote(100, [500, 100, 100], ["ab", "ab", "c"]), rule)
    assert word(outcome.funded) == "b"
    assert outcome.funded[0].paid[0].rank == 1


@each_rule
def test_a_withdrawn_option_is_struck_from_the_same_ballots(rule):
    made = vote(100, [100, 100], ["a", "ab", "b"])
    again = Vote(**{**vars(made), "withdrawn": frozenset({1})})
    assert word(count(made, rule).funded) == "a"
    assert word(count(again, rule).funded) == "b"
    assert count(again, rule).reason(1).code is ReasonCode.WITHDRAWN


@each_rule
def test_a_cost_of_the_whole_pot_can_be_funded(rule):
    assert word(count(vote(100, [100, 1], ["a", "a"]), rule).funded) == "a"


@each_rule
def test_an_option_without_cost_needs_one_ballot_and_no_money(rule):
    outcome = count(vote(0, [0, 0, 10], ["ca", "c"]), rule)
    assert word(outcome.funded) == "a"
    assert _codes(outcome) == ["funded", "unranked", "costs_more_than_the_pot"]


@each_rule
def test_repeated_ballots_change_nothing(rule):
    ballots = ["abc", "bca", "cab", "ab", "c"]
    once, often = (count(vote(600, [100, 200, 300], ballots * n), rule) for n in (1, 50))
    assert word(once.funded) == word(often.funded)


@pytest.mark.slow
@pytest.mark.soak
@each_rule
def test_thousands_of_options_are_not_slow(rule):
    draw = np.random.default_rng(7)
    rows = np.argsort(draw.random((1500, MANY)), axis=1)[:, :5].astype(np.uint16) + np.uint16(1)
    costs = [int(cost) for cost in draw.integers(1, 40, MANY) * 100]
    lots = tuple(range(1, MANY + 1))
    made = Vote(pot_cents=40_000, options=options(costs), max_ranks=5, ballots=rows, lot_order=lots)
    start = time.process_time()
    outcome = count(made, rule)
    assert time.process_time() - start < 3 * MANY / 1000
    assert outcome.left_cents < 400


def test_a_rule_not_offered_is_refused():
    with pytest.raises(ValueError, match="first-past-the-post"):
        count(vote(1, [1], ["a"]), "first-past-the-post")


def test_many_level_options_still_satisfy_both_engines():
    made = vote(300, [100] * 26, [chr(97 + n) for n in range(26)] * 3)
    assert first_difference(made, count(made, Rule.RANKED_CHOICE)) is None
