"""The shared budget funds what the plain rule funds, and leaves no group out."""

import pytest

from app.voting.counting.count import count
from app.voting.counting.outcomes import Kind, Phase
from app.voting.counting.records import Rule
from app.voting.counting.shared import UNIT
from tests.sizes import size
from tests.voting.counting import plain
from tests.voting.counting.made import random_vote, vote, word
from tests.voting.counting.psc import violations
from tests.voting.counting.real import PB_FILES, SMALL_FILES, needs_ballots, real

RANDOM_VOTES = size(commit=5_000, night=20_000)

COARSE = vote(900, [200, 300, 700, 100, 100], ["cde", "ce", "dba"])


def test_a_group_that_can_pay_is_funded_at_the_first_step():
    outcome = count(vote(900, [600, 300, 600], ["ab", "ab", "ca"]))
    assert word(outcome.funded) == "ab"
    assert outcome.events[outcome.funded[0].event].round == 1


def test_money_no_group_can_spend_goes_to_the_runoffs():
    outcome = count(vote(900, [800, 700], ["a", "a", "b"]))
    assert [(funded.id, funded.phase) for funded in outcome.funded] == [("a", Phase.RUNOFFS)]


def test_the_strongest_of_those_that_can_pay_comes_first():
    assert word(count(vote(900, [100, 100, 100], ["b", "b", "c", "a", "a", "a"])).funded) == "abc"


def test_of_equally_strong_options_the_first_in_the_lot_is_funded():
    outcome = count(vote(600, [300, 300, 600], ["a", "b"], lot="bac"))
    tie = outcome.events[outcome.funded[0].event].tie
    assert word(outcome.funded) == "ba"
    assert tie is not None and tie.options == (1, 2)


def test_only_the_decision_the_lot_made_says_so():
    outcome = count(vote(600, [300, 300], ["a", "b"], lot="ba"))
    assert [event.option for event in outcome.events if event.kind is Kind.TIE_BREAK] == [2]


def test_supporters_pay_in_proportion_to_what_they_carry():
    funded = count(vote(900, [150, 750], ["ab", "b", "b"])).funded[1]
    assert funded.id == "b"
    assert [(part.rank, part.ballots, part.cents) for part in funded.paid] == [(1, 2, 600), (2, 1, 150)]


def test_needs_are_rounded_down_and_what_voters_keep_is_rounded_up():
    events = count(vote(950, [100, 200], ["ab", "ab", "a"])).events
    needs = [event.numbers["need_units"] for event in events if event.kind is Kind.FUND]
    carried = [event.numbers["support_units"] for event in events if event.kind is Kind.FUND]
    need = 3 * UNIT * 100 // 950
    kept = -(-UNIT * (3 * UNIT - need) // (3 * UNIT))
    assert (needs[0], carried[1]) == (str(need), str(2 * kept))
    assert UNIT * (3 * UNIT - need) % (3 * UNIT) != 0


def test_units_add_up_exactly_over_many_ballots():
    n = 40_000
    events = count(vote(950, [100, 200], ["ab"] * n)).events
    need = n * UNIT * 100 // 950
    kept = -(-UNIT * (n * UNIT - need) // (n * UNIT))
    assert [e.numbers["support_units"] for e in events if e.kind is Kind.FUND] == [str(n * UNIT), str(n * kept)]


def test_supports_that_differ_by_rounding_alone_are_a_tie():
    outcome = count(vote(400, [200, 100, 100, 400], ["ab", "ab", "ab", "dc"], lot="acbd"))
    assert word(outcome.funded) == "acb"
    assert [event.tie.options for event in outcome.events if event.kind is Kind.TIE_BREAK] == [(2, 3)]


def test_coarse_units_fund_wrongly_where_the_engine_does_not():
    assert word([chr(96 + p) for p in plain.funded(COARSE, Rule.SHARED_BUDGET, plain.MILLION)]) == "dec"
    assert word(count(COARSE).funded) == "deab"


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize("block", range(4))
def test_random_votes_are_counted_as_the_plain_rule_counts_them(block):
    for seed in range(block, RANDOM_VOTES, 4):
        made = random_vote(seed)
        found = [funded.option for funded in count(made).funded]
        assert found == plain.funded(made, Rule.SHARED_BUDGET), seed
        assert found == plain.funded(made, Rule.SHARED_BUDGET, plain.EXACT), seed
        assert violations(made, found) == [], seed


def test_the_check_of_the_guarantee_finds_what_coarse_units_break():
    broken = [s for s in range(1000) if violations(v := random_vote(s), _coarse(v))]
    assert violations(COARSE, plain.funded(COARSE, Rule.SHARED_BUDGET, plain.MILLION))
    assert broken


@needs_ballots
@pytest.mark.parametrize("path", SMALL_FILES, ids=lambda path: path.stem)
def test_real_votes_are_counted_as_the_plain_rule_counts_them(path):
    made = real(path).vote
    assert [funded.option for funded in count(made).funded] == plain.funded(made, Rule.SHARED_BUDGET)


@needs_ballots
@pytest.mark.parametrize("path", PB_FILES, ids=lambda path: path.stem)
def test_no_group_of_real_voters_is_left_out(path):
    made = real(path).vote
    assert violations(made, {funded.option for funded in count(made).funded}) == []


def _coarse(made):
    return plain.funded(made, Rule.SHARED_BUDGET, plain.MILLION)
