"""Setbacks: said openly, put right step by step, resolved when all of it is done."""

from datetime import timedelta

import pytest

from app.core.clock import today
from app.core.errors import DomainError, NoStanding
from app.taskforces.projects import queries as projects
from app.taskforces.projects.rules import Cause, Status
from app.taskforces.setbacks import queries, services
from app.taskforces.setbacks.rules import SetbackStage
from tests import make

WEEK = timedelta(days=7)
WORDS = {
    "title": "The crane broke",
    "description": "It fell over on Tuesday.",
    "cause": "Storm",
    "effect": "A week later",
}


@pytest.fixture
def chaired(app):
    """A project in delivery, and one of its co-chairs."""
    body = make.task_force()
    return make.project(body=body), make.co_chair(body)


def report(chaired, **more):
    facts = WORDS | {"found_on": today() - WEEK, "due_on": today() + WEEK} | more
    return services.report(chaired[0].id, services.ReportSetback(**facts), by=chaired[1])


def plan(chaired, setback, **more):
    facts = {"step": "Rent another crane", "owner": "Streets department", "due_on": today() + WEEK}
    return services.plan_action(setback.id, services.PlanAction(**facts | more), by=chaired[1])


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code, refused.value.field


def test_a_setback_goes_from_reported_to_resolved(chaired):
    setback = report(chaired)
    action = plan(chaired, setback)
    assert queries.setback(setback.id).stage is SetbackStage.CORRECTING
    services.finish_action(action.id, by=chaired[1])
    services.resolve(setback.id, by=chaired[1])
    row = queries.setback(setback.id)
    assert (row.stage, row.resolved_on, row.actions[0].done_on) == (SetbackStage.RESOLVED, today(), today())


def test_a_setback_is_not_over_before_something_was_done_about_it(chaired):
    setback = report(chaired)
    assert refusal(lambda: services.resolve(setback.id, by=chaired[1]))[0] == "no_action"
    plan(chaired, setback)
    assert refusal(lambda: services.resolve(setback.id, by=chaired[1]))[0] == "actions_open"


def test_a_resolved_setback_stays_as_it_is(chaired):
    setback = report(chaired)
    services.finish_action(plan(chaired, setback).id, by=chaired[1])
    services.resolve(setback.id, by=chaired[1])
    assert refusal(lambda: plan(chaired, setback))[0] == "resolved"
    assert refusal(lambda: services.resolve(setback.id, by=chaired[1]))[0] == "resolved"


def test_days_that_cannot_be_are_refused_at_their_fields(chaired):
    assert refusal(lambda: report(chaired, found_on=today() + WEEK)) == ("in_the_future", "found_on")
    assert refusal(lambda: report(chaired, due_on=today() - 2 * WEEK)) == ("due_too_early", "due_on")
    setback = report(chaired)
    assert refusal(lambda: plan(chaired, setback, due_on=today() - 2 * WEEK)) == ("due_too_early", "due_on")


def test_an_open_setback_past_its_day_takes_the_project_off_track(chaired):
    report(chaired, due_on=today() - timedelta(days=1))
    verdict = projects.project(chaired[0].id).verdict
    assert (verdict.status, verdict.causes) == (Status.OFF_TRACK, ((Cause.SETBACK_PAST_DUE, 1),))


def test_a_co_chair_of_another_task_force_puts_nothing_right_here(chaired):
    setback, other = report(chaired), make.co_chair(make.task_force())
    action = plan(chaired, setback)
    command = services.PlanAction(step="Do nothing", owner="Nobody", due_on=today())
    attempts = (
        lambda: services.plan_action(setback.id, command, by=other),
        lambda: services.finish_action(action.id, by=other),
        lambda: services.resolve(setback.id, by=other),
    )
    for attempt in attempts:
        with pytest.raises(NoStanding):
            attempt()


def test_the_list_costs_two_statements_however_long_it_is(chaired, statements):
    for _ in range(4):
        plan(chaired, report(chaired))
    project_id = chaired[0].id
    statements.clear()
    assert len(queries.setbacks(project_id)) == 4
    assert len(statements) == 2


def test_a_setback_is_reported_and_put_right_from_the_page(chaired, browser):
    browser.sign_in(make.account(chaired[1]))
    page = browser.open(f"/projects/{chaired[0].id}").follow("Report a setback")
    due = (today() + WEEK).isoformat()
    wrong = page.press("Make it public", **WORDS | {"cause": "", "due_on": due})
    assert "This is needed" in wrong.text and wrong.one("textarea", name="description") == WORDS["description"]
    shown = page.press("Make it public", **WORDS | {"cause": "A storm on Tuesday", "due_on": due})
    steps = {"step": "Rent another crane", "owner": "Streets department", "due_on": due}
    planned = shown.follow("Plan a corrective action").press("Add it", **steps)
    resolved = planned.press("It is done Rent another crane").press("Resolve this setback")
    assert "The setback is resolved." in resolved.text and "Resolved on" in resolved.text
