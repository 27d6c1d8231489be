"""The status of a project is a function of dates, money, setbacks and silence (report R7, domain rules 19, 21, 26)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.taskforces.projects import words
from app.taskforces.projects.promises.rules import Dates, Timing, is_unexplained, slip_days, timing
from app.taskforces.projects.rules import (
    DEFAULTS,
    Cause,
    ProjectStage,
    Standing,
    Status,
    Thresholds,
    code,
    status,
    tally,
)

TODAY = date(2026, 6, 15)


def days(n: int) -> timedelta:
    return timedelta(days=n)


def standing(**more):
    facts = {
        "stage": ProjectStage.DELIVERY,
        "latest_baseline_on": TODAY + days(30),
        "latest_forecast_on": TODAY + days(30),
        "started_on": TODAY - days(100),
        "last_update_on": TODAY - days(7),
        "open_milestones": 1,
        "allocated_cents": 10_000,
    }
    return Standing(**facts | more)


@pytest.mark.parametrize(
    ("late", "word"),
    [(0, "on_track"), (14, "on_track"), (15, "needs_attention"), (60, "needs_attention"), (61, "off_track")],
)
def test_days_past_the_promise_decide_the_word(late, word):
    verdict = status(standing(latest_forecast_on=TODAY + days(30 + late)), DEFAULTS, TODAY)
    assert verdict.status == word


@pytest.mark.parametrize(
    ("percent", "word"),
    [(0, "on_track"), (5, "on_track"), (6, "needs_attention"), (10, "needs_attention"), (11, "off_track")],
)
def test_money_over_the_allocation_decides_the_word(percent, word):
    assert status(standing(expected_cents=10_000 + 100 * percent), DEFAULTS, TODAY).status == word


@pytest.mark.parametrize(("silent", "quiet"), [(56, False), (57, True)])
def test_eight_weeks_of_silence_need_attention(silent, quiet):
    verdict = status(standing(last_update_on=TODAY - days(silent)), DEFAULTS, TODAY)
    assert (verdict.quiet, verdict.status is Status.NEEDS_ATTENTION) == (quiet, quiet)


def test_silence_counts_from_the_start_where_nothing_was_ever_published():
    assert status(standing(last_update_on=None), DEFAULTS, TODAY).causes == ((Cause.NO_UPDATE, 100),)


def test_a_setback_past_its_date_is_off_track():
    assert status(standing(setbacks_past_due=1), DEFAULTS, TODAY).status is Status.OFF_TRACK


def test_a_forecast_that_has_passed_in_silence_counts_as_today_at_the_earliest():
    late = standing(latest_baseline_on=TODAY - days(20), latest_forecast_on=TODAY - days(20))
    assert status(late, DEFAULTS, TODAY).causes == ((Cause.LATE, 20),)


def test_lateness_stops_when_the_last_milestone_is_done():
    done = standing(latest_baseline_on=TODAY - days(90), latest_forecast_on=TODAY - days(85), open_milestones=0)
    assert status(done, DEFAULTS, TODAY).causes == ((Cause.SLIGHTLY_LATE, 5),)


def test_a_plan_that_is_not_yet_a_promise_is_never_late():
    plan = standing(stage=ProjectStage.MOBILISING, latest_baseline_on=TODAY - days(90))
    assert status(plan, DEFAULTS, TODAY).causes == ((Cause.NO_BASELINE, 0),)


def test_a_funded_project_waits_for_its_task_force_without_blame():
    waiting = standing(stage=ProjectStage.FUNDED, latest_baseline_on=None, last_update_on=None)
    assert status(waiting, DEFAULTS, TODAY).causes == ((Cause.NOT_STARTED, 0),)


@pytest.mark.parametrize("stage", [ProjectStage.COMPLETED, ProjectStage.CANCELLED])
def test_an_ended_project_keeps_its_word_whatever_came_before(stage):
    worst = standing(stage=stage, setbacks_past_due=3, latest_forecast_on=TODAY + days(900))
    assert status(worst, DEFAULTS, TODAY).status == stage.value


def test_every_cause_that_holds_is_named_the_weightiest_first():
    both = standing(setbacks_past_due=2, last_update_on=TODAY - days(70))
    assert status(both, DEFAULTS, TODAY).causes == ((Cause.SETBACK_PAST_DUE, 2), (Cause.NO_UPDATE, 70))


def test_thresholds_are_given_not_built_in():
    strict = Thresholds(attention_days=1, off_track_days=2)
    assert status(standing(latest_forecast_on=TODAY + days(33)), strict, TODAY).status is Status.OFF_TRACK


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_later_forecast_never_gives_a_better_word(some, more):
    order = [Status.ON_TRACK, Status.NEEDS_ATTENTION, Status.OFF_TRACK]
    first = status(standing(latest_forecast_on=TODAY + days(some)), DEFAULTS, TODAY).status
    later = status(standing(latest_forecast_on=TODAY + days(some + more)), DEFAULTS, TODAY).status
    assert order.index(first) <= order.index(later)


@pytest.mark.parametrize("kind", list(Cause))
def test_every_cause_has_a_sentence(app, kind):
    with app.test_request_context():
        assert words.cause(kind, 70).endswith(".")


@pytest.mark.parametrize(
    ("promised", "expected", "done", "word"),
    [
        (5, 5, None, Timing.AHEAD),
        (5, 9, None, Timing.EXPECTED_LATE),
        (-1, 9, None, Timing.LATE),
        (0, 0, None, Timing.AHEAD),
        (-5, -5, -5, Timing.DONE),
        (-5, -5, -4, Timing.DONE_LATE),
    ],
)
def test_late_and_missed_are_derived_from_the_dates(promised, expected, done, word):
    at = [None if n is None else TODAY + days(n) for n in (promised, expected, done)]
    assert timing(Dates(baseline_on=at[0], forecast_on=at[1], actual_on=at[2]), TODAY) is word


@pytest.mark.parametrize(
    ("promised", "expected", "done", "unexplained"),
    [(-6, -6, None, False), (-7, -7, None, True), (-7, 3, None, False), (-30, -7, None, True), (-30, -30, -1, False)],
)
def test_a_milestone_is_unexplained_seven_days_past_what_was_last_said(promised, expected, done, unexplained):
    at = [None if n is None else TODAY + days(n) for n in (promised, expected, done)]
    assert is_unexplained(Dates(baseline_on=at[0], forecast_on=at[1], actual_on=at[2]), TODAY) is unexplained


def test_an_open_milestone_slips_a_day_each_day():
    dates = Dates(baseline_on=TODAY - days(3), forecast_on=TODAY - days(3), actual_on=None)
    assert (slip_days(dates, TODAY), slip_days(dates, TODAY + days(1))) == (3, 4)


def test_a_pause_needs_attention_and_says_so():
    assert status(standing(stage=ProjectStage.PAUSED), DEFAULTS, TODAY).causes == ((Cause.PAUSED, 0),)


def test_a_tally_names_every_status_even_those_with_none():
    assert set(tally([])) == set(Status)


def test_the_public_code_reads_like_the_ballot():
    assert code(2026, 3) == "2026-J003"
