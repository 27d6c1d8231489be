"""The nearest miss: the cost and the ballots at which an option would just have been funded."""

from dataclasses import replace

import numpy as np
import pytest

from app.voting.counting.count import count, funds
from app.voting.counting.misses import fewest_extra_ballots, largest_cost, nearest_miss
from app.voting.counting.records import OFFERED, Rule
from tests.voting.counting.made import options, random_vote, vote

each_rule = pytest.mark.parametrize("rule", OFFERED)


def test_an_option_that_no_longer_fitted_misses_by_its_shortfall():
    miss = nearest_miss(vote(300, [200, 150], ["ab", "a"]), Rule.POINTS, 2)
    assert (miss.funded, miss.largest_cost_cents, miss.extra_ballots) == (False, 100, 2)


def test_a_funded_option_needs_no_more_ballots_and_says_what_it_could_have_cost():
    miss = nearest_miss(vote(300, [200, 150], ["ab", "a"]), Rule.RANKED_CHOICE, 1)
    assert (miss.funded, miss.largest_cost_cents, miss.extra_ballots) == (True, 300, 0)


@each_rule
def test_a_count_left_as_soon_as_it_is_decided_says_what_the_whole_count_says(rule):
    for seed in range(200):
        made = random_vote(seed)
        found = [option.number for option in made.options if funds(made, rule, option.number)]
        assert found == sorted(funded.option for funded in count(made, rule).funded), seed


def test_progress_is_told_with_every_trial_and_never_beyond_the_whole():
    told = []
    nearest_miss(vote(300, [200, 150], ["ab", "a"]), Rule.POINTS, 2, progress=told.append)
    assert told == sorted(told) and 0 < told[0] and told[-1] <= 1


@each_rule
def test_an_option_nobody_ranks_is_funded_at_no_cost(rule):
    assert largest_cost(vote(300, [200, 150], ["a"]), rule, 2) is None


@each_rule
def test_an_option_dearer_than_the_pot_needs_more_than_any_ballots(rule):
    assert nearest_miss(vote(300, [400, 100], ["b"]), rule, 1, extra_cap=5).extra_ballots is None


@each_rule
def test_halving_finds_the_cost_that_trying_every_one_finds(rule):
    for seed in range(25):
        made = _cheap(random_vote(seed))
        for option in made.options:
            works = [c for c in range(1, made.pot_cents + 1) if _funded(_at(made, option.number, c), rule, option)]
            assert largest_cost(made, rule, option.number) == max(works, default=None), (seed, option)


@each_rule
def test_one_ballot_fewer_does_not_do(rule):
    for seed in range(25):
        made = random_vote(seed)
        for option in made.options:
            extra = fewest_extra_ballots(made, rule, option.number, cap=8)
            if extra is not None and not _funded(made, rule, option):
                assert _funded(_more(made, option.number, extra), rule, option)
                assert not any(_funded(_more(made, option.number, n), rule, option) for n in range(1, extra))


def _funded(made, rule, option):
    return option.number in [funded.option for funded in count(made, rule).funded]


def _cheap(made):
    return replace(made, pot_cents=made.pot_cents // 100, options=options([o.cost_cents // 100 for o in made.options]))


def _at(made, number, cents):
    return replace(made, options=options([cents if o.number == number else o.cost_cents for o in made.options]))


def _more(made, number, extra):
    row = np.zeros((extra, made.ballots.shape[1]), dtype=np.uint16)
    row[:, 0] = number
    return replace(made, ballots=np.concatenate([made.ballots, row]))
