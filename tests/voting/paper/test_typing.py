"""What is typed for a slip: its number, then options or one letter."""

import pytest

from app.voting.paper.entry.rules import Typed, Unread, settles, typed
from app.voting.paper.rules import Answer, Rejected

ONE, TWO, OTHER = Answer(ranking=(3, 1)), Answer(ranking=(1, 3)), Answer(ranking=(2,))


def read(line):
    return typed(line, options=range(1, 13), max_ranks=5)


@pytest.mark.parametrize("line", ["4821 3 1 7", "  4821   3 1 7 ", "4821 3,1,7", "4821 3. 1. 7", "٤٨٢١ ٣ ١ ٧"])
def test_a_slip_and_its_ranking_are_read_however_they_are_apart(line):
    assert read(line) == Typed(slip=4821, answer=Answer(ranking=(3, 1, 7)))


@pytest.mark.parametrize(
    ("key", "reason"),
    [("b", "blank"), ("U", "unclear"), ("n", "not_a_ballot"), ("t", "too_many"), ("s", "signed")],
)
def test_one_key_rejects(key, reason):
    assert read(f"4821 {key}") == Typed(slip=4821, answer=Answer(rejected=Rejected(reason)))


def test_a_sign_before_the_slip_replaces_what_was_typed():
    assert read("=4821 3") == Typed(slip=4821, answer=Answer(ranking=(3,)), corrects=True)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", Unread.NO_SLIP),
        ("3 1 7", Unread.NO_SLIP),
        ("48211 3", Unread.NO_SLIP),
        ("b", Unread.NO_SLIP),
        ("4821", Unread.NOTHING),
        ("4821 3 x", Unread.NOT_NUMBERS),
        ("4821 b u", Unread.NOT_NUMBERS),
        ("4821 3 b", Unread.NOT_NUMBERS),
        ("4821 -3", Unread.NOT_NUMBERS),
        ("4821 " + "9" * 400, Unread.NOT_NUMBERS),
        ("4821 ²", Unread.NOT_NUMBERS),
        ("4821 3 3", Unread.TWICE),
        ("4821 13", Unread.UNKNOWN_OPTION),
        ("4821 0", Unread.UNKNOWN_OPTION),
        ("4821 1 2 3 4 5 6", Unread.TOO_LONG),
    ],
)
def test_a_line_that_says_nothing_says_why(line, why):
    assert read(line) is why


def test_a_third_look_decides_with_one_of_the_entries_or_twice_the_same():
    assert settles(ONE, first=ONE, second=TWO, again=None)
    assert settles(TWO, first=ONE, second=TWO, again=None)
    assert not settles(OTHER, first=ONE, second=TWO, again=None)
    assert not settles(OTHER, first=ONE, second=TWO, again=ONE)
    assert settles(OTHER, first=ONE, second=TWO, again=OTHER)
