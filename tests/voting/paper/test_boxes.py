"""T42: every fault in the number of ballots blocks the count, and two entries let almost no wrong key through."""

import pytest

from app.voting.paper import rules
from app.voting.paper.rules import Sum
from tests.sizes import size
from tests.voting.paper import simulated
from tests.voting.paper.simulated import FAULTS, box

COUNTS, KEYS = "faults in the number of ballots", "wrong keys, 2 of 100 slips"
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
    assert (wrong - alike) * 10_000 <= slips, "more than 1 in 10,000 slips came out wrong"


@pytest.mark.soak
def test_every_fault_in_the_number_of_ballots_blocks(figure):
    missed = unnoticed(BOXES)
    figure("T42", COUNTS, size=f"{BOXES:,} boxes", figure=f"{sum(missed.values())} counted in spite of a fault")
    assert missed == dict.fromkeys(FAULTS, 0)


@pytest.mark.soak
def test_two_entries_let_almost_no_wrong_key_through(figure):
    slips, wrong, alike = surviving(BOXES)
    found = f"{wrong - alike} wrong of {slips:,} slips; {alike} more that both entries read alike"
    figure("T42", KEYS, size=f"{BOXES:,} boxes", figure=found)
    check_mis_keys(slips, wrong, alike)


def test_the_check_notices_a_single_entry(figure):
    slips, wrong, _alike = surviving(20, decide=lambda first, _second, _third: first)
    figure("T42", KEYS, twin=f"single entry: {wrong} wrong of {slips:,}")
    with pytest.raises(AssertionError, match="came out wrong"):
        check_mis_keys(slips, wrong, 0)


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
def test_the_check_notices_a_sum_that_nobody_looks_at(monkeypatch, figure, left_out, fault):
    def blind(boxes, *, marked):
        return [each for each in rules.problems(boxes, marked=marked) if each.sum is not left_out]

    monkeypatch.setattr(simulated, "problems", blind)
    figure("T42", COUNTS, twin="without a sum: every box with its fault is counted")
    assert [box(seed, fault=fault).problems for seed in range(5)] == [[]] * 5


def test_the_check_notices_an_account_with_two_turns(monkeypatch):
    monkeypatch.setattr(simulated, "may_take", lambda due, mine: True)
    assert [box(seed, fault="same operator twice").problems for seed in range(5)] == [[]] * 5
