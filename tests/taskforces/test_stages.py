"""A long vacancy impairs a task force (rule 6), two accepted seats restore it, and what is dissolved hands over."""

from datetime import date, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import DomainError
from app.taskforces import queries, services
from app.taskforces.projects import services as projects
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.rules import BodyStage, Impairment
from app.taskforces.seats import queries as seats
from app.taskforces.seats.offers import services as offers
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.seats.services import EndSeat, end
from app.taskforces.seats.waiting import queries as waiting
from app.taskforces.seats.waiting.rules import Wait
from tests import make

B = BodyStage
LEFT = date(2026, 5, 31)
"""The last day of a co-chair: the seat is vacant since June 1."""
TOO_LONG = date(2026, 7, 2)
WHY = "Its work is done, and the meeting wished it so."


def refusal(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def half_led(**more):
    """A task force whose co-chair of the institution left."""
    body = make.task_force(**more)
    make.co_chair(body)
    make.seated(body, SeatKind.CO_CHAIR, Side.INSTITUTION, ends_on=LEFT)
    return body


def events(kind):
    rows = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.kind == kind))
    return [(row.actor_id, '"rule":6' in row.body.replace(" ", "")) for row in rows]


def test_the_clock_impairs_after_thirty_days_and_restores_once(app):
    body = half_led()
    where = body.neighborhood_id
    assert services.lapse(where, TOO_LONG - timedelta(days=1)) == 0
    assert [services.lapse(where, TOO_LONG) for _ in range(2)] == [1, 0]
    assert (body.stage, body.impaired_by, body.stage_since) == (B.IMPAIRED, Impairment.VACANCY, TOO_LONG)
    make.seated(body, SeatKind.CO_CHAIR, Side.INSTITUTION, starts_on=TOO_LONG)
    assert [services.lapse(where, TOO_LONG) for _ in range(2)] == [1, 0]
    assert (body.stage, body.impaired_by) == (B.ACTIVE, None)
    assert events("TaskForceImpaired") == events("TaskForceRecovered") == [(None, True)]


def test_the_clock_leaves_others_alone(app):
    proposed = make.task_force(stage=B.PROPOSED, constituted_on=None)
    inquorate = make.task_force(
        where=proposed.neighborhood, stage=B.IMPAIRED, impaired_by=Impairment.INQUORATE, proposed_on=date(2025, 1, 1)
    )
    for side in Side:
        make.co_chair(inquorate, side)
    assert services.lapse(proposed.neighborhood_id, TOO_LONG) == 0
    assert services.recover(inquorate.id, Impairment.VACANCY) is False
    assert services.recover(inquorate.id, Impairment.INQUORATE) and inquorate.stage is B.ACTIVE
    assert services.impair(proposed.id, Impairment.INQUORATE) is False


def test_an_impaired_task_force_says_so_on_the_pages_of_its_projects(app, browser):
    body = half_led()
    project = make.project(body=body)
    page = f"/projects/{project.id}"
    assert "impaired" not in browser.open(page).text
    services.lapse(body.neighborhood_id, TOO_LONG)
    assert all("is impaired" in browser.open(each).text for each in (page, f"/task-forces/{body.slug}"))


@pytest.mark.parametrize("stage", [B.PROPOSED, B.IMPAIRED, B.CONSTITUTED])
def test_only_a_constituted_task_force_is_given_a_project(app, stage):
    facts = {"constituted_on": None} if stage is B.PROPOSED else {}
    facts |= {"impaired_by": Impairment.VACANCY} if stage is B.IMPAIRED else {}
    body = make.task_force(stage=stage, **facts)
    project = make.project(body=make.task_force(where=body.neighborhood), stage=ProjectStage.FUNDED)
    command = projects.HandOver(task_force_id=body.id, lead="City streets", manager="Bo Lind")
    hand_over = partial(projects.hand_over, project.id, command, by=make.actor(Role.CLERK))
    if stage is B.CONSTITUTED:
        hand_over()
        assert body.stage is B.ACTIVE  # with its first project it is at work
    else:
        assert refusal(hand_over) == "not_constituted"


def test_a_dissolved_task_force_hands_everything_over(app):
    body, clerk = make.task_force(), make.actor(Role.CLERK)
    heir, chair = make.task_force(where=body.neighborhood), make.co_chair(body)
    asked, old = make.seat_offer(body, side=Side.INSTITUTION), make.project(body=body, stage=ProjectStage.EVALUATED)
    project = make.project(body=body)
    to = {each: services.DissolveTaskForce(reason=WHY, successor_id=each) for each in (None, body.id, heir.id)}
    assert refusal(lambda: services.dissolve(body.id, to[None], by=clerk)) == "projects_left"
    assert refusal(lambda: services.dissolve(body.id, to[body.id], by=clerk)) == "foreign"
    services.dissolve(body.id, to[heir.id], by=clerk)
    assert (body.stage, project.task_force_id, old.task_force_id) == (B.DISSOLVED, heir.id, body.id)
    assert seats.co_chair_ids(body.id, today() + timedelta(days=1)) == frozenset()
    assert refusal(lambda: offers.accept(asked.id, by=make.actor_for(asked.person))) == "answered"
    assert body.id not in [each.id for each in queries.task_forces(body.neighborhood_id)] and chair


def test_what_waits_says_for_whom_since_when_and_until_when(app):
    body = half_led(review_on=TOO_LONG)
    where, soon = body.neighborhood_id, TOO_LONG + timedelta(days=20)
    asked, member = make.seat_offer(body, side=Side.INSTITUTION), make.seated(body, SeatKind.MEMBER, ends_on=soon)
    found = {one.kind: one for one in waiting.waiting([where], TOO_LONG)}
    vacancy = found[Wait.VACANCY]
    assert (vacancy.since, vacancy.due_on, vacancy.person_id) == (date(2026, 6, 1), date(2026, 7, 1), None)
    assert (found[Wait.OFFER].person_id, found[Wait.TERM].person_id) == (asked.person_id, member.id)
    assert (found[Wait.TERM].due_on, found[Wait.CHARTER].due_on) == (soon, TOO_LONG)
    assert [one.kind for one in waiting.waiting_for(member.id, TOO_LONG)] == [Wait.TERM]
    assert waiting.waiting([make.neighborhood().id], TOO_LONG) == []


def test_a_term_that_ends_frees_the_seat_the_day_after(app):
    body, clerk = make.task_force(), make.actor(Role.CLERK)
    chair = make.co_chair(body)
    end(make.seat_of(chair).id, EndSeat(ends_on=today()), by=clerk)
    days = [today(), today() + timedelta(days=1)]
    assert [seats.co_chair_ids(body.id, day) for day in days] == [frozenset({chair.id}), frozenset()]
