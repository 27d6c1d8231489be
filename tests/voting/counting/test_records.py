"""A vote is checked once, when it is made: whatever contradicts itself is refused."""

from dataclasses import replace

import numpy as np
import pytest

from app.voting.counting.records import BadVote, ballot_matrix
from tests.voting.counting.made import options, vote

GOOD = vote(100, [50, 60], ["ab", "b"])


@pytest.mark.parametrize(
    "change",
    [
        {"pot_cents": -1},
        {"pot_cents": 1.5},
        {"pot_cents": 2**53},
        {"options": options([50])},
        {"options": options([50, 60])[::-1]},
        {"options": (options([50])[0], replace(options([50, 60])[1], id="a"))},
        {"options": options([50, -60])},
        {"max_ranks": 0},
        {"max_ranks": 1},
        {"lot_order": (1,)},
        {"lot_order": (1, 1)},
        {"lot_order": (1, 2, 2)},
        {"withdrawn": frozenset({3})},
        {"ballots": np.array([[1, 3]], dtype=np.uint16)},
        {"ballots": np.array([[1, 1]], dtype=np.uint16)},
        {"ballots": np.array([[0, 1]], dtype=np.uint16)},
        {"ballots": np.array([[1, 2]], dtype=np.int64)},
        {"ballots": np.array([1, 2], dtype=np.uint16)},
        {"ballots": np.zeros((1, 0), dtype=np.uint16)},
    ],
)
def test_a_vote_that_contradicts_itself_is_refused(change):
    with pytest.raises(BadVote):
        replace(GOOD, **change)


def test_rankings_become_rows_padded_with_zeros():
    assert ballot_matrix([(2, 1), (), (1,)], 3).tolist() == [[2, 1, 0], [0, 0, 0], [1, 0, 0]]
    assert ballot_matrix([], 3).shape == (0, 3)


@pytest.mark.parametrize("ranking", [(1, 2, 3), (0,), (-1,), (70_000,)])
def test_a_ranking_that_fits_no_row_is_refused(ranking):
    with pytest.raises(BadVote):
        ballot_matrix([ranking], 2)
