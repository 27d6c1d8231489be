"""Points: the city's own rule, held against the city's own winners."""

from dataclasses import replace

import pytest

from app.voting.counting.count import count
from app.voting.counting.outcomes import Kind, ReasonCode
from app.voting.counting.records import Rule
from tests.voting.counting.made import vote, word
from tests.voting.counting.real import PB_FILES, each_file, needs_ballots, official_winners, real

WINNERS = official_winners()


def test_a_rank_gives_points_by_the_longest_ballot_allowed():
    made = vote(100, [100, 100], ["a", "ba"], max_ranks=3)
    event = next(e for e in count(made, Rule.POINTS).events if "points" in e.numbers)
    assert event.numbers["points"] == [[1, 5], [2, 3]]


def test_a_matrix_narrower_than_the_ranks_gives_the_same_points():
    made = vote(100, [100, 100], ["a", "ba"], max_ranks=3)
    wide, narrow = count(made, Rule.POINTS), count(replace(made, ballots=made.ballots[:, :2]), Rule.POINTS)
    assert [e.numbers for e in narrow.events if "points" in e.numbers] == [
        e.numbers for e in wide.events if "points" in e.numbers
    ]


def test_what_does_not_fit_is_skipped_and_what_still_fits_is_funded():
    outcome = count(vote(100, [60, 50, 40], ["abc", "abc", "b"]), Rule.POINTS)
    assert word(outcome.funded) == "bc"
    assert outcome.reason(1).code is ReasonCode.NOT_ENOUGH_LEFT


def test_equal_points_are_ordered_by_lot_and_the_log_says_so():
    outcome = count(vote(100, [100, 100], ["a", "b"], lot="ba"), Rule.POINTS)
    assert word(outcome.funded) == "b"
    assert [event.option for event in outcome.events if event.kind is Kind.TIE_BREAK] == [2]


@needs_ballots
@pytest.mark.parametrize("name", sorted(WINNERS))
def test_the_city_announced_the_same_winners(name):
    path = next(path for path in PB_FILES if path.name == name)
    outcome = count(real(path).vote, Rule.POINTS)
    assert sorted(funded.id for funded in outcome.funded) == WINNERS[name]


@needs_ballots
def test_there_are_official_winners_for_57_votes():
    assert len(WINNERS) == 57


@needs_ballots
@each_file
def test_published_scores_are_the_points_of_the_ballots(path):
    """Kraków gives max_ranks points to a first choice, the other files as many as the ballot is long."""
    file = real(path)
    lengths = (file.vote.ballots > 0).sum(axis=1).tolist()
    score = dict.fromkeys(range(1, len(file.vote.options) + 1), 0)
    for row, length in zip(file.vote.ballots.tolist(), lengths, strict=True):
        for place, choice in enumerate(row[:length]):
            score[choice] += length - place
    assert list(score.values()) == [int(cells["score"]) for cells in file.cells]


@needs_ballots
@pytest.mark.parametrize("path", [p for p in PB_FILES if "Krakow" in p.name], ids=lambda path: path.stem)
def test_the_engine_gives_the_published_scores(path):
    file = real(path)
    event = next(e for e in count(file.vote, Rule.POINTS).events if "points" in e.numbers)
    given = dict(event.numbers["points"])  # options nobody ranks are not in it
    assert [given.get(n, 0) for n in range(1, len(file.cells) + 1)] == [int(cells["score"]) for cells in file.cells]
