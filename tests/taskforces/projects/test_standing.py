"""Who may do what to a project at which stage: only the co-chairs of its task force, as of today."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.core.access import Role
from app.core.clock import today
from app.core.db import transaction
from app.core.errors import DomainError, NoStanding
from app.taskforces.projects import policies, services
from app.taskforces.projects.claims import services as claims
from app.taskforces.projects.models import Project
from app.taskforces.projects.partners import services as partners
from app.taskforces.projects.promises import services as promises
from app.taskforces.projects.rules import ForecastReason, ProjectStage
from app.taskforces.projects.stages import services as stages
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.updates import services as updates
from tests import make
from tests.taskforces.projects.steps import READY

LONG = "The contractor's crane broke down and a new one comes only in two weeks."
S = ProjectStage
RUNNING = {S.PLANNING, S.PROCUREMENT, S.DELIVERY, S.HANDOVER}
WHEN = {
    "plan": {S.MOBILISING},
    "drop": {S.MOBILISING},
    "forecast": RUNNING | {S.PAUSED},
    "begin": RUNNING,
    "claim": RUNNING,
    "manager": RUNNING | {S.MOBILISING, S.PAUSED},
    "update": RUNNING | {S.MOBILISING, S.COMPLETED, S.EVALUATED, S.PAUSED},
}


def verbs(project):
    """Every verb of a co-chair, ready to be tried by somebody."""
    mine, on = project.id, today() + timedelta(days=60)
    milestone = project.milestones[0].id
    plan = promises.PlanMilestone(title="Poles up", done_means="Six poles stand", baseline_on=on)
    forecast = promises.ChangeForecast(new_on=on, reason=ForecastReason.SUPPLIER, explanation=LONG)
    done = claims.ClaimDone(actual_on=today(), evidence=LONG)
    update = updates.PublishUpdate(what_changed="Poles are up", why="The crane came", what_next="Lamps")
    return {
        "plan": lambda by: promises.plan_milestone(mine, plan, by=by),
        "drop": lambda by: promises.drop_milestone(mine, milestone, by=by),
        "forecast": lambda by: promises.change_forecast(mine, milestone, forecast, by=by),
        "begin": lambda by: promises.begin(mine, milestone, by=by),
        "claim": lambda by: claims.claim(mine, milestone, done, by=by),
        "manager": lambda by: partners.name_manager(mine, "Desk", by=by),
        "update": lambda by: updates.publish_update(mine, update, by=by),
    }


PAST, COMING = today() - timedelta(days=1), today() + timedelta(days=1)
OUTSIDERS = {
    "somebody": lambda body: make.actor(),
    "a resident": lambda body: make.resident(body.neighborhood),
    "a clerk": lambda body: make.actor(Role.CLERK),
    "an overseer": lambda body: make.actor(Role.OVERSEER),
    "an admin": lambda body: make.actor(Role.ADMIN),
    "a member": lambda body: make.seated(body, SeatKind.MEMBER),
    "an observer": lambda body: make.seated(body, SeatKind.OBSERVER, Side.INSTITUTION),
    "a former co-chair": lambda body: make.seated(body, SeatKind.CO_CHAIR, ends_on=PAST),
    "a coming co-chair": lambda body: make.seated(body, SeatKind.CO_CHAIR, starts_on=COMING),
    "a co-chair of another task force": lambda body: make.co_chair(make.task_force(where=body.neighborhood)),
}


def refused(act):
    with pytest.raises(NoStanding):
        act()


def each_verb_is_refused(project, outsider):
    for name, verb in verbs(project).items():
        if name != "manager" or not outsider.holds(Role.CLERK):
            refused(lambda verb=verb: verb(outsider))
    for to in (S.PROCUREMENT, S.DELIVERY, S.HANDOVER, S.COMPLETED):
        refused(lambda to=to: stages.move(project.id, to, by=outsider))


@pytest.mark.parametrize("outsider", OUTSIDERS.values(), ids=OUTSIDERS)
def test_nobody_but_its_co_chairs_acts_on_a_project(app, outsider):
    body = make.task_force()
    each_verb_is_refused(make.project(body=body), outsider(body))


@pytest.mark.parametrize("outsider", OUTSIDERS.values(), ids=OUTSIDERS)
def test_the_check_notices_when_standing_is_gone(app, monkeypatch, outsider):
    monkeypatch.setattr(policies, "may_lead", lambda *_: True)
    body = make.task_force()
    with pytest.raises((pytest.fail.Exception, DomainError)) as noticed:
        each_verb_is_refused(make.project(body=body), outsider(body))
    assert not isinstance(noticed.value, NoStanding)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("verb", WHEN)
def test_both_chairs_act_at_the_stages_that_allow_it_and_at_no_other(app, verb, side):
    body = make.task_force()
    chair = make.co_chair(body, side)
    worked = set()
    for stage in ProjectStage:
        project = make.project(body=body, stage=stage)
        try:
            verbs(project)[verb](chair)
            worked.add(stage)
        except DomainError as refusal:
            assert refusal.code == "wrong_stage"
    assert worked == WHEN[verb]


@pytest.mark.parametrize("stage", list(ProjectStage))
def test_a_project_moves_one_plain_step_and_never_back(app, monkeypatch, stage):
    body = make.task_force()
    chair, project_id = make.co_chair(body), make.project(body=body, stage=stage).id
    monkeypatch.setattr(stages, "facts_of", lambda project: replace(READY, stage=project.stage))
    taken = set()
    for to in ProjectStage:
        try:
            stages.move(project_id, to, by=chair, reason=LONG)
            taken.add(to)
            put_back(project_id, stage)
        except DomainError:
            pass
    following = {S.PLANNING: {S.PROCUREMENT, S.DELIVERY}, S.PROCUREMENT: {S.DELIVERY}, S.DELIVERY: {S.HANDOVER}}
    assert taken == following.get(stage, set())


def put_back(project_id, stage):
    with transaction():
        services.db.session.get(Project, project_id).stage = stage


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OBSERVER, Role.OVERSEER, Role.ADMIN])
def test_nobody_but_a_clerk_gives_a_project_to_a_task_force(app, role):
    body = make.task_force()
    project = make.project(body=body, stage=S.FUNDED, task_force=None)
    command = services.HandOver(task_force_id=body.id, lead="Streets", manager="Desk")
    refused(lambda: services.hand_over(project.id, command, by=make.actor(role)))
    refused(lambda: services.hand_over(project.id, command, by=make.co_chair(body)))


@pytest.mark.parametrize("stage", [s for s in ProjectStage if s is not S.FUNDED])
def test_a_project_is_handed_over_once(app, stage):
    body = make.task_force()
    project = make.project(body=body, stage=stage)
    command = services.HandOver(task_force_id=body.id, lead="Streets", manager="Desk")
    with pytest.raises(DomainError) as refusal:
        services.hand_over(project.id, command, by=make.actor(Role.CLERK))
    assert refusal.value.code == "has_a_task_force"


def test_a_task_force_of_another_neighborhood_is_refused_at_its_field(app):
    project = make.project(stage=S.FUNDED, task_force=None)
    foreign = services.HandOver(task_force_id=make.task_force().id, lead="Streets", manager="Desk")
    with pytest.raises(DomainError) as refusal:
        services.hand_over(project.id, foreign, by=make.actor(Role.CLERK))
    assert (refusal.value.code, refusal.value.field) == ("foreign", "task_force_id")


PAGES = ("plan", "baseline", "updates/write", "move/delivery", "milestones/{m}/forecast", "milestones/{m}/done")


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_of_co_chairs_are_closed_to_others_before_anything_is_typed(app, browser, page):
    project = make.project()
    browser.sign_in(make.account(make.co_chair(make.task_force())))
    path = f"/projects/{project.id}/{page.format(m=project.milestones[0].id)}"
    assert browser.open(path).status == 403


def test_a_visitor_is_led_to_the_sign_in_page(app, browser):
    page = browser.open(f"/projects/{make.project().id}/updates/write")
    assert "sign-in" in page.path or "account" in page.path


def test_a_milestone_of_another_project_is_not_found_here(app):
    body = make.task_force()
    chair, mine, other = make.co_chair(body), make.project(body=body), make.project(body=body)
    done = claims.ClaimDone(actual_on=date(2026, 1, 2), evidence=LONG)
    with pytest.raises(DomainError) as refusal:
        claims.claim(mine.id, other.milestones[0].id, done, by=chair)
    assert refusal.value.status == 404
