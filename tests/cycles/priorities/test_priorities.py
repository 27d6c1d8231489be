"""A clerk writes down what an assembly agreed, until proposals are collected by it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import DomainError
from app.cycles.priorities import queries, services
from app.cycles.priorities.rules import MOST, WhyNot, may_still_change, names_in, why_not
from app.cycles.priorities.services import StatePriorities
from app.cycles.rules import Stage
from tests import make
from tests.browser import Browser
from tests.proposals.discussion.talk import outcome

TEXT = "We want to walk home in the light, and to know who comes when somebody needs help."


def said(**more):
    facts = {"text": TEXT, "assembly": "Spring assembly", "agreed_on": today(), "names": ("Light", "Youth")}
    return StatePriorities(**facts | more)


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ((), WhyNot.NONE),
        (("Light",), None),
        (tuple(str(n) for n in range(MOST)), None),
        (tuple(str(n) for n in range(MOST + 1)), WhyNot.TOO_MANY),
        (("x" * 81,), WhyNot.TOO_LONG),
        (("Light", "light"), WhyNot.TWICE),
    ],
)
def test_priorities_are_few_short_and_different(names, reason):
    assert why_not(names) is reason


def test_each_line_is_a_priority():
    assert names_in("  Light  at night\n\n\tYouth \n") == ("Light at night", "Youth")


@pytest.mark.parametrize("stage", list(Stage))
def test_they_change_only_before_proposals_are_collected(app, stage):
    cycle = make.cycle(stage=stage)
    done = outcome(services.state, cycle.id, said(), by=make.actor(Role.CLERK))
    assert done == ("done" if may_still_change(stage) else "collecting")
    assert may_still_change(stage) is (stage is Stage.DRAFT)


@pytest.mark.parametrize("role", list(Role))
def test_only_clerks_write_them_down(app, role):
    cycle = make.cycle(stage=Stage.DRAFT)
    done = outcome(services.state, cycle.id, said(), by=make.actor(role))
    assert done == ("done" if role is Role.CLERK else "no_standing")


def test_a_day_that_has_not_come_is_refused_at_its_field(app):
    cycle = make.cycle(stage=Stage.DRAFT)
    with pytest.raises(DomainError) as refusal:
        services.state(cycle.id, said(agreed_on=today() + timedelta(days=2)), by=make.actor(Role.CLERK))
    assert refusal.value.field == "agreed_on" and queries.statement(cycle.id) is None


def test_writing_them_anew_replaces_them_and_each_time_is_an_event(app):
    cycle, clerk = make.cycle(stage=Stage.DRAFT), make.actor(Role.CLERK)
    for names in (("Light", "Youth"), ("Youth", "Parks", "Light")):
        services.state(cycle.id, said(names=names), by=clerk)
    assert [each.name for each in queries.priorities(cycle.id)] == ["Youth", "Parks", "Light"]
    assert db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.kind == "PrioritiesStated")) == 2


def test_a_clerk_fills_in_the_page_and_residents_read_it(app, browser):
    cycle = make.cycle(stage=Stage.DRAFT)
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open(f"/office/cycles/{cycle.id}").follow("Priorities")
    answers = {"assembly": "Spring assembly", "agreed_on": "2026-02-03", "text": TEXT}
    wrong = page.press("Write it down", names="Light\nlight", **answers)
    assert "stands there twice" in wrong.text and TEXT in wrong.text
    assert "The priorities are written down" in wrong.press("Write it down", names="Light\nYouth").text
    shown = clerk.open(f"/cycles/{cycle.id}")
    assert TEXT in shown.text and "Agreed on" in shown.text and "Spring assembly" in shown.text
    assert browser.open(f"/cycles/{cycle.id}").status == 404


def test_another_neighborhoods_clerk_finds_no_such_page(app):
    cycle = make.cycle(stage=Stage.DRAFT)
    observer = Browser(app).sign_in(make.person(roles=(Role.OBSERVER,)))
    assert observer.open(f"/office/cycles/{cycle.id}/priorities").status == 403
