"""Reports have their days (domain rule 22): twenty working days for a quarter, sixty days for a year."""

from datetime import date

import pytest

from app.core.moments import day_in
from app.cycles.rules import Stage
from app.places import queries as places
from app.reports.duties import queries
from app.reports.duties.rules import Duty, Standing, in_order, last_day, periods
from app.reports.rules import Line, Period, ReportKind, period_of
from app.reports.words import named
from app.taskforces.rules import BodyStage
from tests import make
from tests.reports import sample

ON = date(2026, 11, 20)
Q3 = Period(first_on=date(2026, 7, 1), last_on=date(2026, 9, 30))


@pytest.fixture
def press():
    """Files without a press."""


def facts_of(where):
    return next(place for place in places.neighborhoods() if place.id == where.id)


def owed(body, on=ON):
    return queries.owed(facts_of(body.neighborhood), on)


@pytest.mark.parametrize(
    ("kind", "day", "due"),
    [
        (ReportKind.PROGRESS, date(2026, 9, 30), date(2026, 10, 28)),
        (ReportKind.SETBACKS, date(2026, 8, 1), date(2026, 10, 28)),
        (ReportKind.ANNUAL, date(2026, 5, 5), date(2027, 3, 1)),
        (ReportKind.RECONCILIATION, date(2026, 9, 9), date(2026, 10, 31)),
    ],
)
def test_each_period_has_its_last_day(kind, day, due):
    period = period_of(kind, day)
    assert period is not None and last_day(kind, period, ()) == due


def test_a_holiday_moves_the_last_day_of_a_quarter():
    assert last_day(ReportKind.PROGRESS, Q3, {date(2026, 10, 12)}) == date(2026, 10, 29)


def test_only_periods_that_ended_are_owed_from_the_first_on_and_for_two_years_at_the_most():
    found = periods(ReportKind.PROGRESS, date(2026, 2, 3), ON)
    assert [period.first_on for period in found] == [date(2026, 7, 1), date(2026, 4, 1), date(2026, 1, 1)]
    assert len(periods(ReportKind.PROGRESS, date(2001, 1, 1), ON)) == 8


def test_a_task_force_owes_each_quarter_since_it_was_constituted(app):
    body = make.task_force()
    with sample.published_kinds(ReportKind.PROGRESS):
        found = owed(body)
    assert [(duty.line.key, duty.standing(ON), duty.days_late(ON)) for duty in found] == [
        (f"progress/{body.id}/2026-01-01", Standing.OVERDUE, 206),
        (f"progress/{body.id}/2026-04-01", Standing.OVERDUE, 115),
        (f"progress/{body.id}/2026-07-01", Standing.OVERDUE, 23),
    ]


def test_a_dissolved_task_force_still_owes_the_quarter_in_which_it_ended(app):
    body = make.task_force(stage=BodyStage.DISSOLVED, stage_since=date(2026, 5, 5), constituted_on=date(2026, 4, 4))
    with sample.published_kinds(ReportKind.PROGRESS):
        assert [duty.first_on for duty in owed(body)] == [date(2026, 4, 1)]


def test_a_kind_that_cannot_be_published_is_owed_by_nobody(app):
    body = make.task_force()
    with sample.published_kinds(ReportKind.RESULTS):
        assert owed(body) == []


def test_what_is_published_is_late_for_good_and_owed_no_more(app, press):
    body = make.task_force(constituted_on=date(2026, 7, 1))
    with sample.published_kinds(ReportKind.PROGRESS):
        edition_id = sample.out(ReportKind.PROGRESS, body.id, period=Q3)
        (duty,) = owed(body)
    assert duty.issue is not None and duty.issue.id == edition_id and duty.standing(ON) is Standing.PUBLISHED
    assert duty.published_at is not None and duty.due_on is not None
    day = day_in(body.neighborhood.time_zone, duty.published_at)
    assert duty.days_late(ON) == max(0, (day - duty.due_on).days)


def test_the_books_of_a_cycle_are_owed_month_by_month_once_money_is_paid(app):
    cycle = make.cycle(stage=Stage.DELIVERING)
    with sample.published_kinds(ReportKind.RECONCILIATION, ReportKind.RESULTS):
        found = queries.owed(facts_of(cycle.neighborhood), ON)
    assert {duty.line.kind for duty in found} >= {ReportKind.RESULTS}
    assert [duty.due_on for duty in found if duty.line.kind is ReportKind.RESULTS] == [None]


def test_the_longest_late_stands_first_and_what_is_published_last():
    def duty(due_on, published_on=None):
        line = Line(kind=ReportKind.RESULTS, subject_id=1)
        more = {"line": line, "subject": "", "neighborhood_id": 1, "neighborhood": ""}
        return Duty(due_on=due_on, published_on=published_on, **more)

    late, later, coming, free, done = (
        duty(date(2026, 1, 1)),
        duty(date(2026, 5, 1)),
        duty(date(2027, 1, 1)),
        duty(None),
        duty(date(2025, 1, 1), date(2025, 1, 1)),
    )
    assert in_order([done, free, coming, later, late], ON) == [late, later, coming, free, done]


def test_what_is_owed_costs_the_same_however_much_it_is(app, statements):
    body = make.task_force()
    where = facts_of(body.neighborhood)
    with sample.published_kinds(*ReportKind):
        counts = []
        for _each in range(2):
            statements.clear()
            queries.owed(where, ON)
            counts.append(len(statements))
            for _more in range(3):
                make.task_force(where=body.neighborhood)
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(("stage", "owes"), [(Stage.REVIEWING, 0), (Stage.VOTING, 1), (Stage.CERTIFIED, 0)])
def test_a_booklet_is_owed_while_voters_need_it(app, stage, owes):
    cycle = make.cycle(stage=stage)
    with sample.published_kinds(ReportKind.BOOKLET):
        assert len(queries.owed(facts_of(cycle.neighborhood), ON)) == owes


def test_a_month_is_called_by_its_name(app):
    with app.test_request_context():
        assert named(ReportKind.RECONCILIATION, period_of(ReportKind.RECONCILIATION, ON)) == "November 2026"
