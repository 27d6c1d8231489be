"""Counting the paths of the ballots through a runoff gives every count of the runoff, whatever else they ranked."""

import json

import numpy as np
import pytest

from app.cycles.rules import PublicationLevel, canonical
from app.voting.counting.count import count
from app.voting.counting.outcomes import event_from_json
from app.voting.counting.records import Option, Rule, Vote, ballot_matrix
from app.voting.counting.rounds import runoffs_of
from app.voting.counting.state import without
from app.voting.results.publication import rules
from app.voting.results.publication.paths.rules import Grid, kept, walked
from app.voting.results.publication.totals.rules import without_sums
from app.voting.results.rules import read_outcome
from tests.sizes import size
from tests.voting.counting import made
from tests.voting.counting.real import SMALL_FILES, needs_ballots, real
from tests.voting.results.publication.elections import outcome_text, rule_of, simulated

VOTES = size(commit=300, night=2_000, release=20_000)


def rows_of(vote):
    struck = sorted({o.number for o in vote.options if o.cost_cents > vote.pot_cents} | vote.withdrawn)
    return without(vote.ballots, struck, len(vote.options))


def counted_from(walks, runoff, vote):
    """One runoff over the paths as if they were whole ballots; options are numbered anew in their order."""
    race = sorted({option for path in walks for option in path if option})
    number = {option: place for place, option in enumerate(race, start=1)}
    lot = sorted(number, key=vote.lot_order.index)
    rankings = [[number[o] for o in path if o] for path, ballots in walks.items() for _ in range(ballots)]
    alone = Vote(
        pot_cents=1,
        options=tuple(Option(number=n, id=str(n), title=str(n), cost_cents=1) for n in number.values()),
        max_ranks=max(map(len, rankings)),
        ballots=ballot_matrix(rankings, max(map(len, rankings))),
        lot_order=tuple(number[option] for option in lot),
    )
    (found,) = runoffs_of(count(alone, Rule.RANKED_CHOICE).events)
    return race, found


def counts_of(runoff, names, blank):
    """Every count without those nobody stands with, by option; ballots that stand nowhere from the start left out."""
    return [
        (
            [(names[option] if names else option, votes) for option, votes in tally.votes if votes],
            tally.exhausted - blank,
        )
        for tally in runoff.tallies
        if tally.eliminated is None or dict(tally.votes)[tally.eliminated]
    ]


def assert_equal_counts(vote, rule):
    for runoff in runoffs_of(count(vote, rule).events):
        walks = walked(rows_of(vote), runoff)
        assert sum(walks.values()) == len(rows_of(vote))
        race, found = counted_from(walks, runoff, vote)
        blank = walks.get((0,), 0)
        assert race[found.winner - 1] == runoff.winner
        assert counts_of(found, dict(enumerate(race, start=1)), 0) == counts_of(runoff, None, blank)


@pytest.mark.soak
def test_counting_the_paths_gives_every_round_of_random_votes(figure):
    for seed in range(VOTES):
        assert_equal_counts(made.random_vote(seed), (Rule.RANKED_CHOICE, Rule.SHARED_BUDGET)[seed % 2])
    figure("T36", "count from paths", size=f"{VOTES} random votes", figure="every round equal")


@pytest.mark.parametrize("seed", range(12))
def test_counting_the_paths_gives_every_round_of_simulated_elections(seed):
    assert_equal_counts(simulated(seed), Rule.RANKED_CHOICE)


@needs_ballots
@pytest.mark.slow
@pytest.mark.parametrize("path", SMALL_FILES[:6], ids=lambda path: path.stem)
def test_counting_the_paths_gives_every_round_of_real_votes(path):
    assert_equal_counts(real(path).vote, Rule.SHARED_BUDGET)


def test_a_path_ends_at_rest_where_no_choice_is_left():
    vote = made.vote(100, [100, 100, 100], ["a"] * 12 + ["ab"] * 11 + ["b"] * 30 + ["c"] * 40)
    (runoff,) = runoffs_of(count(vote, Rule.RANKED_CHOICE).events)
    assert walked(rows_of(vote), runoff) == {(1, 0): 12, (1, 2): 11, (2,): 30, (3,): 40}


def test_the_rare_ones_join_others_until_no_small_rest_is_left():
    vote = made.vote(100, [100, 100, 100], ["a"] * 12 + ["ab"] * 11 + ["ac"] * 3 + ["b"] * 30 + ["c"] * 40)
    (runoff,) = runoffs_of(count(vote, Rule.RANKED_CHOICE).events)
    grid = Grid(runoff=runoff)
    # With both a>rest and a>b shown, three of the 26 that began at a would be left: a>c, and nobody else.
    assert kept(walked(rows_of(vote), runoff), grid, {}) == {(3,): 40, (2,): 30, (1, 0): 12}


def test_a_path_already_published_with_a_few_more_ballots_is_merged():
    vote = made.vote(100, [100, 100], ["a"] * 30 + ["b"] * 40)
    (runoff,) = runoffs_of(count(vote, Rule.RANKED_CHOICE).events)
    assert kept(walked(rows_of(vote), runoff), Grid(runoff=runoff), {(1,): [33], (2,): [40]}) == {(2,): 40}


@pytest.mark.parametrize("seed", range(24))
def test_a_reduced_outcome_tells_the_same_result_and_the_same_runoffs(seed):
    text = outcome_text(simulated(seed), rule_of(seed))
    whole, reduced = read_outcome(text), read_outcome(canonical(without_sums(json.loads(text))))
    assert (reduced.funded, reduced.left_cents, reduced.runoffs) == (whole.funded, whole.left_cents, whole.runoffs)
    assert [e.ending for e in reduced.endings] == [e.ending for e in whole.endings]
    assert [(e.first, e.ranked, e.backers) for e in reduced.endings] == [
        (e.first, e.ranked, e.backers) for e in whole.endings
    ]
    assert reduced.is_reduced and not whole.is_reduced and reduced.defeats == whole.defeats
    assert all(e.held_cents is None and not e.paid for e in reduced.endings)


def test_whoever_ranks_two_funded_projects_together_cannot_be_told_from_the_reduced_outcome():
    """Two votes that differ in who ranks two projects together, and in nothing else, are told alike."""
    apart = ["ab"] * 20 + ["ad"] * 10 + ["cb"] * 10 + ["cd"] * 20
    other = ["ab"] * 10 + ["ad"] * 20 + ["cb"] * 20 + ["cd"] * 10
    said = []
    for rankings in (apart, other):
        vote = made.vote(900, [200, 500, 400, 500], rankings)
        text = outcome_text(vote, Rule.SHARED_BUDGET)
        said.append((text, rules.below_full(PublicationLevel.CONSULTED, vote, text)))
    assert said[0][0] != said[1][0] and said[0][1] == said[1][1]


def test_the_matrix_of_ballots_is_not_changed_by_walking_it():
    vote = simulated(3)
    before = np.array(vote.ballots)
    rules.below_full(PublicationLevel.CONSULTED, vote, outcome_text(vote, Rule.RANKED_CHOICE))
    assert (before == vote.ballots).all()


def test_events_of_a_reduced_outcome_are_found_by_their_numbers():
    outcome = without_sums(json.loads(outcome_text(simulated(5), Rule.RANKED_CHOICE)))
    for funded in outcome["funded"]:
        event = event_from_json(outcome["events"][funded["event"]])
        assert (event.kind, event.option) == ("fund", funded["option"])
