"""What a draft lacks, where its writer goes on, and what becomes of a part that two windows changed."""

from dataclasses import replace

import pytest

from app.proposals.rules import CostLine
from app.proposals.writing.rules import (
    PARTS,
    Standing,
    Step,
    Written,
    after,
    before,
    first_unfinished,
    lacking,
    mark_of,
    standing,
)

WHOLE = Written(
    priority_id=None,
    need="It is too dark to walk home.",
    title="Lamps",
    summary="Six lamps between school and bus.",
    category_id=1,
    watches_people=False,
    place="Mill Lane",
    area_id=None,
    gains="Children",
    estimate=(CostLine(label="Lamps", amount_cents=1),),
    helpers="",
)


def test_every_part_belongs_to_one_step():
    parts = [part for parts in PARTS.values() for part in parts]
    assert sorted(parts) == sorted(Written.__dataclass_fields__)


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({}, None),
        ({"helpers": "", "area_id": None}, None),
        ({"need": "Dark"}, Step.NEED),
        ({"title": ""}, Step.IDEA),
        ({"watches_people": None}, Step.IDEA),
        ({"category_id": None}, Step.IDEA),
        ({"place": ""}, Step.PLACE),
        ({"gains": ""}, Step.GAINS),
        ({"estimate": ()}, Step.COSTS),
        ({"estimate": (), "place": ""}, Step.PLACE),
    ],
)
def test_a_writer_goes_on_at_the_first_step_with_something_missing(change, step):
    assert first_unfinished(lacking(replace(WHOLE, **change), cost_stands=True)) is step


def test_a_sum_beyond_the_limits_is_unfinished_too():
    assert lacking(WHOLE, cost_stands=False) == {"estimate"}


def test_the_steps_follow_each_other():
    assert (after(Step.NEED), after(Step.HELP)) == (Step.IDEA, None)
    assert (before(Step.NEED), before(Step.HELP)) == (None, Step.COSTS)


@pytest.mark.parametrize(
    ("read", "saved", "typed", "found"),
    [
        ("a", "a", "b", Standing.MINE),
        ("a", "b", "a", Standing.THEIRS),
        ("a", "b", "b", Standing.SAME),
        ("a", "b", "c", Standing.BOTH_CHANGED),
    ],
)
def test_nobody_s_part_is_overwritten_unread(read, saved, typed, found):
    assert standing(read=mark_of(read), saved=saved, typed=typed) is found


def test_a_form_that_does_not_say_what_it_has_read_overwrites_nothing():
    assert standing(read="", saved="theirs", typed="mine") is Standing.BOTH_CHANGED
