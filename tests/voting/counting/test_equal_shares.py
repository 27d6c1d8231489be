"""Equal shares fund what the plain rule funds, and floats only say where the engine begins to look."""

import random
from dataclasses import replace

import numpy as np
import pytest

from app.voting.counting.count import count
from app.voting.counting.equal import purses
from app.voting.counting.outcomes import Kind, Phase
from app.voting.counting.records import Rule, ballot_matrix
from app.voting.counting.units import UNIT
from tests.sizes import size
from tests.voting.counting import plain
from tests.voting.counting.made import options, random_vote, vote, word
from tests.voting.counting.real import PB_FILES, needs_ballots, real

EQUAL = Rule.EQUAL_SHARES
RANDOM_VOTES = size(commit=5_000, night=20_000)


def _funds(outcome):
    return [event for event in outcome.events if event.kind is Kind.FUND and event.phase is Phase.EQUAL]


def _options(outcome):
    return [funded.option for funded in outcome.funded]


def test_the_project_that_costs_least_for_each_point_comes_first():
    assert word(count(vote(900, [300, 200, 400], ["a", "b", "c", "c"], max_ranks=1), EQUAL).funded) == "bca"


def test_supporters_pay_in_proportion_to_their_points():
    funded = count(vote(900, [300, 600], ["ab", "b", "ba"]), EQUAL).funded[0]
    assert (funded.id, funded.phase) == ("a", Phase.EQUAL)
    assert [(part.rank, part.ballots, part.cents) for part in funded.paid] == [(1, 1, 200), (2, 1, 100)]


def test_who_cannot_pay_the_full_price_gives_all_it_carries():
    outcome = count(vote(900, [250, 640], ["ab", "b", "b"]), EQUAL)
    assert [(part.rank, part.cents) for part in outcome.funded[1].paid] == [(1, 590), (2, 50)]
    needed = [3 * UNIT * cost // 900 for cost in (250, 640)]
    price = _funds(outcome)[1].numbers
    assert int(price["price_units"]) == needed[1] - (UNIT - needed[0])
    assert price["price_points"] == "4"


def test_of_equal_prices_the_first_in_the_lot_is_funded_and_the_log_says_so():
    outcome = count(vote(600, [300, 300], ["a", "b"], lot="ba"), EQUAL)
    assert word(outcome.funded) == "ba"
    assert [(e.option, e.tie.options) for e in outcome.events if e.kind is Kind.TIE_BREAK] == [(2, (1, 2))]


def test_an_option_without_cost_comes_before_all_others():
    assert word(count(vote(900, [300, 0, 0], ["a", "ab", "c"], lot="acb"), EQUAL).funded) == "cba"


def test_money_no_group_can_spend_goes_to_the_runoffs():
    outcome = count(vote(900, [800, 700], ["a", "a", "b"]), EQUAL)
    assert [(funded.id, funded.phase) for funded in outcome.funded] == [("a", Phase.RUNOFFS)]


def test_the_log_says_what_supporters_held_and_what_each_point_cost():
    first, second = _funds(count(vote(950, [100, 200], ["ab", "ab", "a"]), EQUAL))
    need = 3 * UNIT * 100 // 950
    assert (first.round, first.numbers["supporters"], first.numbers["support_cents"]) == (1, 3, 950)
    assert (first.numbers["need_units"], first.numbers["price_units"]) == (str(need), str(need))
    assert first.numbers["price_points"] == "6"
    assert (second.round, second.numbers["support_units"]) == (2, str(2 * (UNIT - need * 2 // 6)))


def test_units_add_up_exactly_over_many_ballots():
    n = 40_000
    events = _funds(count(vote(950, [100, 200], ["ab"] * n), EQUAL))
    paid = (n * UNIT * 100 // 950) * 2 // (2 * n)
    assert [e.numbers["support_units"] for e in events] == [str(n * UNIT), str(n * (UNIT - paid))]


# Two options cost exactly half a vote a point: compared rounded down, one of them, a unit lower, falls below a step.
ROUNDED_APART = 11804
DOWN = replace(plain.WHOLE, dear=lambda units, points: units // (points * 2**48))


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("block", range(4))
def test_random_votes_are_counted_as_the_plain_rule_counts_them(block):
    for seed in range(block, RANDOM_VOTES, 4):
        made = random_vote(seed)
        found = _options(count(made, EQUAL))
        assert found == plain.funded(made, EQUAL), seed
        assert found == plain.funded(made, EQUAL, plain.EXACT), seed


def test_prices_compared_rounded_down_would_tell_apart_what_is_level():
    made = random_vote(ROUNDED_APART)
    assert plain.funded(made, EQUAL, DOWN) != plain.funded(made, EQUAL, plain.EXACT)


def test_units_that_are_too_coarse_fund_wrongly():
    made = [random_vote(seed) for seed in range(2000)]
    assert any(plain.funded(v, EQUAL, plain.MILLION) != plain.funded(v, EQUAL, plain.EXACT) for v in made)


@pytest.mark.parametrize("seed", range(40))
def test_long_ballots_with_odd_costs_are_counted_as_the_plain_rule_counts_them(seed):
    made = _odd(seed)
    assert _options(count(made, EQUAL)) == plain.funded(made, EQUAL)


@pytest.mark.parametrize("seed", range(40))
def test_however_wrongly_floats_guess_the_result_is_the_same(seed, monkeypatch):
    made, draw = _odd(seed), np.random.default_rng(seed)
    right = count(made, EQUAL)
    monkeypatch.setattr(purses, "_guess", lambda high, *_: draw.random(len(high)) < draw.random())
    assert count(made, EQUAL) == right


@needs_ballots
@pytest.mark.parametrize("path", PB_FILES, ids=lambda path: path.stem)
def test_real_votes_are_counted_as_the_plain_rule_counts_them(path):
    made = real(path).vote
    assert _options(count(made, EQUAL)) == plain.funded(made, EQUAL)


def _odd(seed):
    """A vote of 12 options, 60 ballots of up to 8 ranks, and costs that divide nothing."""
    draw = random.Random(seed)
    rankings = [draw.sample(range(1, 13), draw.randint(1, 8)) for _ in range(60)]
    base = vote(draw.randint(5_000, 20_000), [1] * 12, [])
    costs = [draw.randint(1, 4_000) for _ in range(12)]
    return replace(base, options=options(costs), max_ranks=8, ballots=ballot_matrix(rankings, 8))
