"""Ranked-choice rounds: who wins, who leaves, how ties end, and that two engines agree on every count."""

import random
from dataclasses import replace

import pytest

from app.voting.counting.count import count
from app.voting.counting.outcomes import Kind, ReasonCode, TiedBy
from app.voting.counting.piles import Piles
from app.voting.counting.ranked import first_difference
from app.voting.counting.records import Rule
from app.voting.counting.rounds import runoffs_of
from tests.sizes import size
from tests.voting.counting import plain
from tests.voting.counting.made import options, random_vote, vote, word
from tests.voting.counting.real import contest, each_file, needs_ballots, real

RANKED = Rule.RANKED_CHOICE
RUNOFF_RULES = pytest.mark.parametrize("rule", [Rule.RANKED_CHOICE, Rule.SHARED_BUDGET, Rule.EQUAL_SHARES])


def test_the_lowest_leaves_and_its_ballots_move_on():
    outcome = count(vote(100, [100, 100, 100], ["a", "a", "b", "b", "cb"]), RANKED)
    (runoff,) = runoffs_of(outcome.events)
    assert [(tally.votes, tally.eliminated) for tally in runoff.tallies] == [
        (((1, 2), (2, 2), (3, 1)), 3),
        (((1, 2), (2, 3)), None),
    ]
    assert word(outcome.funded) == "b"


def test_the_others_come_back_in_the_next_runoff():
    assert word(count(vote(200, [100, 100, 100], ["a", "a", "b", "b", "cb"]), RANKED).funded) == "ba"


def test_what_no_longer_fits_is_set_aside_with_its_shortfall():
    reason = count(vote(300, [200, 150], ["ab", "a"]), RANKED).reason(2)
    assert reason.code is ReasonCode.NOT_ENOUGH_LEFT
    assert reason.numbers == {"cost_cents": 150, "left_cents": 100, "short_cents": 50}


def test_half_of_the_ballots_is_not_more_than_half():
    (runoff,) = runoffs_of(count(vote(100, [100, 100], ["a", "b"]), RANKED).events)
    assert len(runoff.tallies) == 2


def test_a_tie_is_ended_by_the_latest_earlier_count_that_differs():
    # b and c are level with 3 in the second count; in the first b had 2 and c had 3.
    ballots = ["a"] * 4 + ["b"] * 2 + ["c"] * 3 + ["db"]
    outcome = count(vote(100, [100] * 4, ballots, lot="abdc"), RANKED)
    ties = [event.tie for event in outcome.events if event.kind is Kind.TIE_BREAK]
    assert [(tie.options, tie.by, tie.count) for tie in ties] == [((2, 3), TiedBy.EARLIER_COUNT, 1)]
    assert [tally.eliminated for tally in runoffs_of(outcome.events)[0].tallies][:2] == [4, 2]


def test_what_earlier_counts_cannot_end_the_lot_ends_and_the_last_leaves():
    assert word(count(vote(100, [100] * 2, ["a", "b"], lot="ab"), RANKED).funded) == "a"
    assert word(count(vote(100, [100] * 2, ["a", "b"], lot="ba"), RANKED).funded) == "b"


def test_an_option_without_cost_needs_one_ballot():
    outcome = count(vote(100, [100, 0, 0], ["a", "a", "ab"]), RANKED)
    assert word(outcome.funded) == "ba"
    assert outcome.reason(3).code is ReasonCode.UNRANKED


@RUNOFF_RULES
@pytest.mark.soak
def test_both_engines_count_random_votes_alike(rule):
    for seed in range(size(commit=500, night=5_000)):
        made = random_vote(seed, most_ballots=14, most_options=7)
        outcome = count(made, rule)
        assert first_difference(made, outcome) is None, seed
        assert [funded.option for funded in outcome.funded] == plain.funded(made, rule), seed


@pytest.mark.slow
@needs_ballots
@each_file
@RUNOFF_RULES
def test_both_engines_count_real_votes_alike(path, rule):
    made = real(path).vote
    assert first_difference(made, count(made, rule)) is None


def test_a_count_that_differs_is_refused_with_its_first_difference():
    made = vote(100, [100, 100, 100], ["a", "a", "b", "b", "cb"])
    outcome = count(made, RANKED)
    other = count(replace(made, ballots=made.ballots[:-1]), RANKED)
    assert first_difference(made, outcome) is None
    assert "runoff 1, count 1" in (first_difference(made, other) or "")


def test_a_runoff_too_many_or_too_few_is_a_difference():
    made = vote(200, [100, 100], ["ab", "ab", "b"])
    outcome = count(made, RANKED)
    *_, support, fund, _ = outcome.events
    assert "no such runoff" in str(first_difference(made, replace(outcome, events=outcome.events[:-3])))
    assert "no such runoff" in str(first_difference(made, replace(outcome, events=(*outcome.events, support, fund))))


def test_a_winner_the_log_does_not_know_is_a_difference():
    made = vote(200, [100, 100], ["ab", "ab", "b"])
    outcome = count(made, RANKED)
    assert "not the winners" in str(first_difference(made, replace(outcome, funded=outcome.funded[::-1])))


@RUNOFF_RULES
def test_the_check_draws_nothing_that_could_change_a_result(rule):
    made = random_vote(5, most_ballots=14, most_options=7)
    outcome = count(made, rule)
    for seed in range(20):
        random.seed(seed)
        assert first_difference(made, outcome) is None


@needs_ballots
@pytest.mark.parametrize("name", ["2017_minneapolis_mayor", "2015_portland_mayor"])
def test_certified_contests_pass_through_every_certified_round(name):
    made, names, expected = _contest(name)
    outcome = count(made, RANKED)
    (runoff,) = runoffs_of(outcome.events)
    tallies = iter([_with_votes(tally.votes, names) for tally in runoff.tallies])
    assert names[runoff.winner] == expected["winner"]
    for entry in expected["rounds"][1:]:
        assert _with_votes(entry["tally"].items()) in tallies, entry["round"]  # `in` reads on: the order counts too
    assert first_difference(made, outcome) is None


@needs_ballots
@pytest.mark.parametrize("name", ["2017_minneapolis_mayor", "2015_portland_mayor"])
def test_certified_contests_open_with_the_certified_first_choices(name):
    made, names, expected = _contest(name)
    piles = Piles(made.ballots, len(names))
    assert _with_votes(enumerate(piles.votes.tolist()), names) == _with_votes(expected["rounds"][0]["tally"].items())


@needs_ballots
def test_portland_has_the_certified_rounds_and_no_others():
    made, names, expected = _contest("2015_portland_mayor")
    (runoff,) = runoffs_of(count(made, RANKED).events)
    tallies = [_with_votes(tally.votes, names) for tally in runoff.tallies]
    assert tallies == [_with_votes(entry["tally"].items()) for entry in expected["rounds"]]


def _with_votes(tally, names=None):
    return {names[key] if names else key: votes for key, votes in tally if votes}


def _contest(name):
    """A vote for one office: every option costs the whole pot, write-ins are out first, the lot follows the record."""
    grouped, expected = contest(name)
    names = dict(enumerate(expected["candidates"], start=1))
    number = {name: n for n, name in names.items()}
    gone = [name for entry in expected["rounds"] for name in sorted(entry["eliminated"])]
    stay = [name for name in names.values() if name not in gone]
    rankings = [[number[name] for name in ranking] for count, ranking in grouped for _ in range(count)]
    made = replace(
        vote(100, [100] * len(names), []),
        max_ranks=expected["conventions"]["already_resolved_in_the_rankings"]["max_ranks"],
        ballots=plain.matrix(rankings),
        lot_order=tuple(number[name] for name in [*stay, *reversed(gone)]),
        withdrawn=frozenset({number["Undeclared Write-ins"]}),
        options=options([100] * len(names)),
    )
    return made, names, expected
