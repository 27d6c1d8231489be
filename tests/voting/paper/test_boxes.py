"""T42: every fault in the number of ballots blocks the count, and two entries let almost no wrong key through."""

import pytest

from app.voting.paper import rules
from app.voting.paper.rules import Sum
from tests.sizes import size
from tests.voting.paper import simulated
from tests.voting.paper.simulated import FAULTS, box

BOXES = size(commit=100, night=1_000, release=10_000)


def unnoticed(boxes: int) -> dict[str, int]:
    """How many boxes with each fault would have been counted."""
    return {
        fault: sum(not box(seed, fault=fault).problems for seed in range(n, boxes, len(FAULTS)))
        for n, fault in enumerate(FAULTS)
    }


def surviving(boxes: int, **more) -> tuple[int, int, int]:
    """Slips of so many boxes without a fault, those that came out wrong, and of these those read alike twice."""
    counted = [box(seed, **more) for seed in range(boxes)]
    assert not [each for each in counted if each.problems and not more], "a box without a fault was blocked"
    return tuple(sum(getattr(each, what) for each in counted) for what in ("slips", "wrong", "wrong_alike"))


def check_mis_keys(slips: int, wrong: int, alike: int) -> None:
    print(f"T42: {slips} slips, {wrong} wrong, {alike} of them alike in both entries")
    assert (wrong - alike) * 10_000 <= slips, "more than 1 in 10,000 slips came out wrong"


@pytest.mark.soak
def test_every_fault_in_the_number_of_ballots_blocks():
    assert unnoticed(BOXES) == dict.fromkeys(FAULTS, 0)


@pytest.mark.soak
def test_two_entries_let_almost_no_wrong_key_through():
    check_mis_keys(*surviving(BOXES))


def test_the_check_notices_a_single_entry():
    with pytest.raises(AssertionError, match="came out wrong"):
        check_mis_keys(*surviving(20, decide=lambda first, _second, _third: first))


@pytest.mark.parametrize(
    ("left_out", "fault"),
    [
        (Sum.SLIPS, "loss"),
        (Sum.SLIPS, "duplicate slip"),
        (Sum.SLIPS, "duplicate batch"),
        (Sum.ENTRIES, "swapped header"),
        (Sum.ENTRIES, "same operator twice"),
    ],
)
def test_the_check_notices_a_sum_that_nobody_looks_at(monkeypatch, left_out, fault):
    monkeypatch.setattr(
        simulated, "problems", lambda boxes, marked: [p for p in rules.problems(boxes, marked=marked) if p.sum != left_out]
    )
    assert [box(seed, fault=fault).problems for seed in range(5)] == [[]] * 5


def test_the_check_notices_an_account_with_two_turns(monkeypatch):
    monkeypatch.setattr(simulated, "may_take", lambda due, mine: True)
    assert [box(seed, fault="same operator twice").problems for seed in range(5)] == [[]] * 5
