"""Sizes of batches, numbers of slips, what two entries decide, and the sums that must agree."""

import random

import pytest

from app.voting.paper.rules import (
    SLIP_NUMBERS,
    Answer,
    Balance,
    Figures,
    Rejected,
    Sum,
    balances,
    batch_sizes,
    decided,
    may_be_this_small,
    problems,
    slip_numbers,
    total,
)

GOOD = {
    "name": "Library",
    "printed": 50,
    "spoiled": 2,
    "unused": 8,
    "stubs": 30,
    "issued": 40,
    "returned": 30,
    "not_returned": 10,
    "headers": 30,
    "slips": 30,
    "accepted": 28,
    "rejected": 2,
}
ONE, TWO = Answer(ranking=(3, 1)), Answer(ranking=(1, 3))
BLANK = Answer(rejected=Rejected.BLANK)


def figures(**more):
    return Figures(**GOOD | more)


def wrong(**more):
    return {each.sum for each in balances(figures(**more)) if not each.agrees}


def test_sums_that_agree_are_no_problem():
    assert problems([figures()], marked=30) == []


def test_a_vote_without_paper_is_green():
    assert problems([], marked=0) == []


@pytest.mark.parametrize(
    ("changed", "sums"),
    [
        ({"printed": 51}, {Sum.STOCK}),
        ({"unused": 9}, {Sum.STOCK}),
        ({"spoiled": None}, {Sum.STOCK}),
        ({"unused": None}, {Sum.STOCK}),
        ({"not_returned": 9}, {Sum.ROLL}),
        ({"stubs": 29}, {Sum.STUBS}),
        ({"stubs": None}, {Sum.STUBS}),
        ({"headers": 31}, {Sum.HEADERS}),
        ({"slips": 29, "headers": 29, "accepted": 27}, {Sum.SLIPS}),
        ({"slips": 31, "headers": 31, "accepted": 29}, {Sum.SLIPS}),
        ({"accepted": 27}, {Sum.ENTRIES}),
    ],
)
def test_each_sum_that_differs_or_is_not_counted_is_named(changed, sums):
    assert wrong(**changed) == sums


def test_the_roll_and_the_stubs_must_tell_of_as_many_returns():
    assert problems([figures()], marked=31) == [Balance(box="", sum=Sum.ROLL, left=31, right=30)]


def test_all_boxes_together_are_unknown_where_one_is_not_counted():
    both = total([figures(), figures(stubs=None)], "All")
    assert (both.printed, both.accepted, both.stubs) == (100, 56, None)


def test_no_pile_leaves_a_small_batch():
    for slips in range(1, 2001):
        sizes = batch_sizes(slips)
        assert sum(sizes) == slips and max(sizes) <= 50
        assert min(sizes) >= min(slips, 25)


def test_a_batch_below_ten_holds_all_the_paper_there_is():
    assert [may_be_this_small(size, whole_vote=40) for size in (9, 10, 40)] == [False, True, True]
    assert may_be_this_small(4, whole_vote=4)


def test_one_wrong_key_never_turns_a_slip_into_another():
    draw = random.Random(7)
    numbers = slip_numbers(50, lambda: draw.choice(SLIP_NUMBERS))
    texts = {str(number) for number in numbers}
    for text in texts:
        wrong = {text[:at] + digit + text[at + 1 :] for at in range(4) for digit in "0123456789"}
        wrong |= {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(3)}
        assert wrong & texts == {text}
    assert len(texts) == 50


@pytest.mark.parametrize(
    ("first", "second", "third", "outcome"),
    [
        (ONE, ONE, None, ONE),
        (BLANK, BLANK, None, BLANK),
        (ONE, TWO, None, None),
        (ONE, TWO, TWO, TWO),
        (ONE, BLANK, ONE, ONE),
        (ONE, None, None, None),
        (None, None, None, None),
    ],
)
def test_two_equal_entries_decide_and_otherwise_the_third(first, second, third, outcome):
    assert decided(first, second, third) == outcome
