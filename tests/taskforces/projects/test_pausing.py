"""A project rests, goes on or is given up by the word of both sides; what is given up is never brought back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.clock import today
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.taskforces.projects import queries as projects
from app.taskforces.projects.pausing import queries, services
from app.taskforces.projects.pausing.models import Cancellation
from app.taskforces.projects.promises import services as milestones
from app.taskforces.projects.rules import ForecastReason, ProjectStage, Status
from app.taskforces.signing.queries import agreement
from app.taskforces.signing.rules import Ending
from app.taskforces.spending import queries as spending
from app.taskforces.spending.rules import Balance
from tests import make
from tests.taskforces.projects import steps
from tests.taskforces.projects.steps import LONG

WEEK = timedelta(days=7)


@pytest.fixture
def running(app):
    return steps.chaired()


def pause(project, chair, days=28, reason=LONG):
    ask = services.AskPause(reason=reason, restart_on=today() + timedelta(days=days))
    return services.propose_pause(project.id, ask, by=chair)


def stage_of(project):
    return projects.project(project.id).stage


def test_a_project_rests_with_both_signatures_and_goes_on_where_it_was(running):
    project, ada, bo = running
    steps.sign(pause(project, ada), ada, bo)
    assert stage_of(project) is ProjectStage.PAUSED
    assert projects.project(project.id).verdict.status is Status.NEEDS_ATTENTION
    steps.sign(services.propose_resumption(project.id, by=bo), ada, bo)
    [rest] = queries.pauses(project.id)
    assert stage_of(project) is ProjectStage.DELIVERY and rest.ended_at is not None


def test_the_clock_of_forecasts_keeps_running_while_a_project_rests(running):
    project, ada, bo = running
    steps.sign(pause(project, ada), ada, bo)
    change = milestones.ChangeForecast(
        new_on=today() + 20 * WEEK, reason=ForecastReason.STAFF, explanation=LONG
    )
    assert milestones.change_forecast(project.id, project.milestones[0].id, change, by=ada).new_on == change.new_on


@pytest.mark.parametrize(("days", "reason", "code", "field"), [
    (0, LONG, "no_restart", "restart_on"),
    (28, "Rain.", "no_reason", "reason"),
])
def test_a_pause_needs_its_reason_and_a_day_to_come(running, days, reason, code, field):
    with pytest.raises(DomainError) as refused:
        pause(running[0], running[1], days, reason)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_only_the_clerk_puts_a_cancellation_before_both_sides(running):
    project, ada, _bo = running
    for who in (ada, make.actor(), make.actor(Role.OVERSEER), make.actor(Role.ADMIN)):
        with pytest.raises(NoStanding):
            services.propose_cancellation(project.id, LONG, by=who)


def test_a_cancellation_of_a_clerk_who_is_none_any_more_is_not_signed(running):
    project, ada, _bo = running
    clerk = make.actor(Role.CLERK)
    waits = services.propose_cancellation(project.id, LONG, by=clerk)
    with transaction():
        db.session.execute(sa.text("DELETE FROM role_grant WHERE person_id = :id"), {"id": clerk.id})
    with pytest.raises(DomainError) as refused:
        steps.sign(waits, ada)
    assert refused.value.code == "other_hand"


def test_what_is_cancelled_returns_its_money_and_ends_everything_that_waits(running, browser):
    project, ada, bo = running
    make.commitment(project)
    rests = pause(project, ada)
    waits = services.propose_cancellation(project.id, LONG, by=make.actor(Role.CLERK))
    steps.sign(waits, ada)
    assert stage_of(project) is ProjectStage.DELIVERY
    steps.sign(waits, bo)
    assert stage_of(project) is ProjectStage.CANCELLED and agreement(rests).ending is Ending.WITHDRAWN
    ended = queries.cancellation(project.id)
    assert (ended.returned_cents, ended.reason) == (20_000_00, LONG)
    assert spending.balance_of(project.id) == Balance()
    assert "$20,000 went back to the pot" in browser.open(f"/projects/{project.id}").text


def test_a_cancellation_is_never_edited_or_deleted(running):
    project, ada, bo = running
    steps.sign(services.propose_cancellation(project.id, LONG, by=make.actor(Role.CLERK)), ada, bo)
    for change in (sa.update(Cancellation).values(returned_cents=1), sa.delete(Cancellation)):
        with pytest.raises(sa.exc.DatabaseError, match="append-only"), transaction():
            db.session.execute(change)


def test_a_pause_is_asked_for_on_its_page_and_keeps_what_was_typed(running, browser):
    project, ada, _bo = running
    page = browser.sign_in(make.account(ada)).open(f"/projects/{project.id}").follow("Pause the project")
    short = page.press("Put it before both sides", reason="Rain.", restart_on=str(today() + WEEK))
    assert "at least 40 characters" in short.text and short.one("textarea", name="reason") == "Rain."
    asked = page.press("Put it before both sides", reason=LONG, restart_on=str(today() + WEEK))
    assert LONG in asked.text and "Signature missing" in asked.text
