"""Moves on a ranking, and who finds the ballot's door open."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voting.ballots.rules import Arranged, Change, Door, arranged, as_printed, door
from app.voting.rules import Channel, VoteStage

OPTIONS = range(1, 7)
WAYS = ("add", "up", "down", "remove", "turn")
MOVES = [f"{way}:{n}" for way, n in product(WAYS, range(0, 8))] + ["", ":", "add", "x:y"]


@pytest.mark.parametrize(
    ("move", "expected", "change"),
    [
        ("add:5", (3, 1, 2, 5), Change.ADDED),
        ("up:1", (1, 3, 2), Change.MOVED),
        ("down:1", (3, 2, 1), Change.MOVED),
        ("remove:1", (3, 2), Change.REMOVED),
        ("up:3", (3, 1, 2), None),
        ("down:2", (3, 1, 2), None),
        ("add:3", (3, 1, 2), None),
        ("remove:5", (3, 1, 2), None),
        ("add:99", (3, 1, 2), None),
        ("turn:1", (3, 1, 2), None),
    ],
)
def test_a_move_changes_one_thing_or_nothing(move, expected, change):
    result = arranged((3, 1, 2), move, options=OPTIONS, max_ranks=5)
    assert (result.ranking, result.change) == (expected, change)


def test_a_full_list_takes_no_more():
    full = arranged((1, 2), "add:3", options=OPTIONS, max_ranks=2)
    assert full == Arranged(ranking=(1, 2), change=Change.FULL, number=3)


@given(st.lists(st.sampled_from(MOVES), max_size=30), st.integers(1, 6))
def test_any_moves_leave_a_list_of_different_options_within_the_ranks(moves, max_ranks):
    ranking: tuple[int, ...] = ()
    for move in moves:
        ranking = arranged(ranking, move, options=OPTIONS, max_ranks=max_ranks).ranking
    assert len(set(ranking)) == len(ranking) <= max_ranks
    assert set(ranking) <= set(OPTIONS)


@given(st.lists(st.text(max_size=3) | st.sampled_from("123456")))
def test_whatever_is_sent_only_options_are_read_and_each_once(values):
    read = as_printed(values, OPTIONS)
    assert len(set(read)) == len(read)
    assert [str(n) for n in read] == list(dict.fromkeys(v for v in values if v in list("123456")))


@pytest.mark.parametrize("stage", VoteStage)
@pytest.mark.parametrize("in_time", [True, False])
@pytest.mark.parametrize("channel", [None, *Channel])
def test_only_an_open_vote_in_time_lets_somebody_on_the_roll_in(stage, in_time, channel):
    found = door(stage, in_time=in_time, signed_in=True, resident=True, channel=channel)
    may_online = channel in (Channel.NONE, Channel.ONLINE, Channel.PAPER_ISSUED)
    assert (found is None) == (stage is VoteStage.OPEN and in_time and may_online)


@pytest.mark.parametrize(
    ("signed_in", "resident", "expected"),
    [(False, False, Door.SIGN_IN), (True, False, Door.RESIDENCE), (True, True, Door.NOT_ON_ROLL)],
)
def test_who_is_not_on_the_roll_is_told_why(signed_in, resident, expected):
    assert door(VoteStage.OPEN, in_time=True, signed_in=signed_in, resident=resident, channel=None) is expected
