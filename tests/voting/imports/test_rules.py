"""What a file says about its cycle, and what a cycle cannot hold."""

from datetime import date

import pytest

from app.cycles.rules import PhaseKind
from app.voting.counting.formats.lines import BadFile
from app.voting.counting.formats.pabulib import read
from app.voting.imports import rules
from tests.voting.imports.files import pb

TODAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (pb(budget="0"), 7, "budget is 0"),
        (pb(max_length="21"), 12, "21 ranks"),
        (pb(["1,2"]), 22, "'1', which is not listed"),
        (pb(["17,17"]), 22, "17 twice"),
        (pb(["17,4,9,23"]), 22, "ranks 4 projects, but max_length is 3"),
    ],
)
def test_what_a_cycle_cannot_hold_is_refused_with_its_line(text, line, reason):
    with pytest.raises(BadFile) as refused:
        rules.ensure_fits(read(text.encode()))
    assert refused.value.line == line and reason in refused.value.reason


def test_a_file_without_projects_is_refused():
    text = pb([])
    without = text.replace(text.partition("name\n")[2].partition("VOTES")[0], "")
    with pytest.raises(BadFile, match="no projects"):
        rules.ensure_fits(read(without.encode()))


@pytest.mark.parametrize(
    ("meta", "year"),
    [
        ({"instance": "2019"}, 2019),
        ({"date_begin": "28.09.2018"}, 2018),
        ({"date_begin": "2017-09-28"}, 2017),
        ({}, 2026),
    ],
)
def test_the_year_is_the_file_s_or_this_one(meta, year):
    assert rules.year_of(meta, TODAY) == year


@pytest.mark.parametrize(
    ("begin", "end", "is_told"),
    [
        ("28.09.2019", "07.10.2019", True),
        ("2019-09-28", "2019-10-07", True),
        ("2019", "2019", False),
        ("07.10.2019", "28.09.2019", False),
        ("31.02.2019", "07.10.2019", False),
        ("28.04.2026", "30.04.2026", False),
        ("01.01.0001", "01.01.0001", False),
        ("28.09.19", "07.10.19", False),
        ("1899-12-31", "1899-12-31", False),
        ("1900-01-01", "1900-01-01", True),
        ("01.01.99999999999999999999", "01.01.99999999999999999999", False),
        ("01.99999999999999999999.2019", "07.10.2019", False),
        ("", "", False),
    ],
)
def test_voting_days_are_believed_only_where_they_are_days_and_over(begin, end, is_told):
    assert rules.days_of({"date_begin": begin, "date_end": end}, TODAY).are_from_the_file is is_told


@pytest.mark.parametrize("meta", [{}, {"date_begin": "28.09.2019", "date_end": "07.10.2019"}])
def test_every_phase_is_past_and_none_overlaps(meta):
    phases = rules.phases(rules.days_of(meta, TODAY))
    days = [day for kind in PhaseKind for day in phases[kind]]
    assert days == sorted(days) and days[-1] < TODAY
    assert len({phases[kind][0] for kind in PhaseKind}) == len(PhaseKind)


def test_the_category_is_the_first_one_named_that_is_there_else_the_first():
    categories = [(1, "Street lighting"), (2, "Youth"), (3, "Routes")]
    assert rules.category_of({"category": "parks, YOUTH,routes"}, categories) == 2
    assert rules.category_of({"category": "parks"}, categories) == 1
    assert rules.category_of({}, categories) == 1
