"""Parts of a roll are told only where nobody can be found in them, not even by subtraction."""

from datetime import date

import pytest

from app.voting.turnout.rules import Part, age_band, told_parts


def part(name, on_roll, voters):
    return Part(name=name, on_roll=on_roll, voters=voters)


def test_large_parts_are_told_as_they_are():
    parts = [part("East", 100, 40), part("West", 80, 20)]
    assert told_parts(parts) == parts


def test_a_small_part_takes_the_smallest_other_with_it():
    told = told_parts([part("East", 100, 40), part("West", 80, 20), part("Quay", 9, 3)])
    assert [(each.name, each.on_roll, each.voters, each.is_rest) for each in told] == [
        ("East", 100, 40, False),
        (None, 89, 23, True),
    ]


def test_small_parts_that_are_enough_together_take_no_other():
    told = told_parts([part("East", 100, 40), part("Quay", 20, 6), part("Mill", 20, 5)])
    assert [(each.on_roll, each.voters) for each in told] == [(100, 40), (40, 11)]


def test_a_part_where_nearly_everybody_voted_is_small_too():
    assert part("Quay", 30, 25).is_small


@pytest.mark.parametrize("parts", [[], [part("East", 100, 40)], [part("East", 12, 6), part("West", 30, 8)]])
def test_nothing_is_told_apart_where_one_group_would_be_left(parts):
    assert told_parts(parts) == []


def nobody_is_found(tell) -> None:
    """The parts as they are told add up to the whole, and none is small."""
    parts = [part(str(n), n * 7, n * 2) for n in range(1, 12)]
    told = tell(parts)
    assert sum(each.voters for each in told) == sum(each.voters for each in parts)
    assert not any(each.is_small for each in told)


def test_the_told_parts_add_up_to_the_whole_and_none_is_small():
    nobody_is_found(told_parts)


def test_the_test_of_small_parts_finds_one_that_is_told():
    with pytest.raises(AssertionError):
        nobody_is_found(list)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2010, 5, 2), "0-17"),
        (date(2008, 5, 1), "18-29"),
        (date(2008, 5, 2), "0-17"),
        (date(1940, 1, 1), "75-"),
        (None, None),
    ],
)
def test_ages_are_told_in_bands(born, band):
    assert age_band(born, date(2026, 5, 1)) == band
