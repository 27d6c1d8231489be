"""Stages, codes and the order of the day, without a database."""

from datetime import date

import pytest

from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import NEXT, Stage, can_become, code, lot, open_to_change, outcome_is_whole, read_code


def test_every_stage_says_what_may_follow():
    assert set(NEXT) == set(Stage)


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.FUNDED, Stage.NOT_FUNDED])
def test_some_stages_are_the_end(stage):
    assert not any(can_become(stage, later) for later in Stage)


def test_only_a_feasible_proposal_goes_on_the_ballot():
    assert [stage for stage in Stage if can_become(stage, Stage.ON_BALLOT)] == [Stage.FEASIBLE]


def test_nothing_becomes_a_draft_again():
    assert not any(can_become(stage, Stage.DRAFT) for stage in Stage)


def test_proposals_are_open_until_the_ballot_is_fixed():
    assert [stage for stage in CycleStage if open_to_change(stage)] == [CycleStage.COLLECTING, CycleStage.REVIEWING]


def test_a_code_can_be_read_back():
    assert code(2026, 14) == "2026-P014"
    assert read_code("2026-p014") == (2026, 14)
    assert read_code("Mill Lane") is None


def test_a_number_alone_is_read_where_the_year_is_known():
    assert read_code("p14", year=2026) == read_code("2026 P014") == (2026, 14)
    assert read_code("P014") is None and read_code("14", year=2026) is None


def shuffled(ids, day):
    return sorted(ids, key=lambda id_: lot(id_, day))


def test_the_order_of_a_day_is_the_same_for_everybody_and_another_tomorrow():
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    assert shuffled(range(50), monday) == shuffled(reversed(range(50)), monday)
    assert shuffled(range(50), monday) != shuffled(range(50), tuesday)
    assert sorted(shuffled(range(50), monday)) == list(range(50))


def test_nobody_is_always_on_top():
    firsts = [shuffled(range(5), date.fromordinal(730_000 + n))[0] for n in range(1000)]
    assert all(150 < firsts.count(n) < 250 for n in range(5))


def test_an_outcome_names_only_what_was_on_the_ballot():
    assert outcome_is_whole([1, 2], [1, 2, 3])
    assert not outcome_is_whole([1, 4], [1, 2, 3])
