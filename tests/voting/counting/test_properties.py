"""What must hold for every vote, tried on many votes that a machine thinks up."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.voting.counting.count import count
from app.voting.counting.outcomes import Kind, Phase, outcome_from_json
from app.voting.counting.records import OFFERED, Option, Rule, Vote, ballot_matrix
from app.voting.counting.rounds import runoffs_of
from tests.sizes import size
from tests.voting.counting import plain
from tests.voting.counting.made import options

pytestmark = pytest.mark.soak
EXAMPLES = size(commit=300, night=1_000)

often = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
rules = st.sampled_from(OFFERED)


@st.composite
def votes(draw):
    """Any small vote: 1 to 6 options, up to 12 ballots, costs and pot that often meet exactly."""
    m = draw(st.integers(1, 6))
    ranks = draw(st.integers(1, m))
    ranking = st.lists(st.integers(1, m), max_size=ranks, unique=True)
    money = st.one_of(st.integers(0, 10), st.integers(0, 10_000))
    return Vote(
        pot_cents=draw(money),
        options=options(draw(st.lists(money, min_size=m, max_size=m))),
        max_ranks=ranks,
        ballots=ballot_matrix(draw(st.lists(ranking, max_size=12)), ranks),
        lot_order=tuple(draw(st.permutations(range(1, m + 1)))),
    )


@often
@given(votes(), rules)
def test_the_engine_funds_what_the_plain_rule_funds(made, rule):
    assert [funded.option for funded in count(made, rule).funded] == plain.funded(made, rule)


@often
@given(votes(), rules, st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_not_one_byte(made, rule, random):
    rows = list(range(len(made.ballots)))
    random.shuffle(rows)
    shuffled = replace(made, ballots=made.ballots[rows])
    assert json.dumps(count(made, rule).as_json()) == json.dumps(count(shuffled, rule).as_json())


@often
@given(votes(), rules, st.randoms(use_true_random=False))
def test_numbers_and_names_of_options_do_not_matter_beyond_the_lot(made, rule, random):
    new = [0, *random.sample(range(1, len(made.options) + 1), len(made.options))]
    renamed = [replace(o, number=new[o.number], id=f"x{o.id}", title="?") for o in made.options]
    other = replace(
        made,
        options=tuple(sorted(renamed, key=lambda option: option.number)),
        ballots=np.array(new, dtype=np.uint16)[made.ballots],
        lot_order=tuple(new[number] for number in made.lot_order),
    )
    assert [new[f.option] for f in count(made, rule).funded] == [f.option for f in count(other, rule).funded]


@often
@given(votes(), rules)
def test_spending_adds_up_and_never_exceeds_the_pot(made, rule):
    outcome = count(made, rule)
    spent = sum(funded.cost_cents for funded in outcome.funded)
    assert 0 <= outcome.left_cents == made.pot_cents - spent
    assert all(sum(part.cents for part in funded.paid) == funded.cost_cents for funded in outcome.funded)
    assert all(sum(part.ballots for part in funded.paid) > 0 for funded in outcome.funded)


@often
@given(votes(), rules)
def test_every_event_replays_to_the_same_state(made, rule):
    outcome = count(made, rule)
    left, funded = made.pot_cents, []
    for event in outcome.events:
        assert event.pot_before == left
        if event.kind is Kind.FUND:
            funded.append(event.option)
            left -= made.option(event.option).cost_cents
        assert event.pot_after == left
    assert (left, funded) == (outcome.left_cents, [entry.option for entry in outcome.funded])


@often
@given(votes(), st.sampled_from([Rule.RANKED_CHOICE, Rule.SHARED_BUDGET, Rule.EQUAL_SHARES]))
def test_no_ballot_is_lost_between_two_counts_of_a_runoff(made, rule):
    outcome = count(made, rule)
    for runoff in runoffs_of(outcome.events):
        for tally in runoff.tallies:
            assert sum(votes for _, votes in tally.votes) + tally.exhausted == outcome.counting_ballots


@often
@given(votes(), rules)
def test_every_option_ends_with_a_reason_and_the_event_that_decided(made, rule):
    outcome = count(made, rule)
    assert [reason.option for reason in outcome.reasons] == [option.number for option in made.options]
    for reason in outcome.reasons:
        event = outcome.events[reason.event]
        assert event.option == reason.option or (event.phase is Phase.START and reason.code.value == "unranked")


@often
@given(votes(), rules)
def test_the_outcome_and_its_log_survive_json(made, rule):
    outcome = count(made, rule)
    stored = json.loads(json.dumps(outcome.as_json()))
    assert stored == outcome.as_json()
    assert outcome_from_json(stored) == outcome


@often
@given(votes(), st.data())
def test_under_points_more_single_ballots_never_unfund(made, data):
    funded = [entry.option for entry in count(made, Rule.POINTS).funded]
    assume(funded)
    option = data.draw(st.sampled_from(funded))
    more = ballot_matrix([(option,)] * data.draw(st.integers(1, 5)), made.ballots.shape[1])
    again = count(replace(made, ballots=np.concatenate([made.ballots, more])), Rule.POINTS)
    assert option in [entry.option for entry in again.funded]


def test_an_option_is_what_its_number_says():
    assert options([5])[0] == Option(number=1, id="a", title="Option 1", cost_cents=5)
