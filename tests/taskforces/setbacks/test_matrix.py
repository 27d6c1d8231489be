"""Who may do what about a setback, tried with every verb and every kind of person; and the stage of each verb."""

from datetime import timedelta

import pytest

from app.core.access import Role
from app.core.clock import today
from app.core.errors import DomainError, NoStanding
from app.taskforces.seats.rules import SeatKind
from app.taskforces.setbacks import policies, services, words
from app.taskforces.setbacks.actions import services as actions
from app.taskforces.setbacks.actions.rules import ActionStage, Finding
from app.taskforces.setbacks.actions.services import Verify
from app.taskforces.setbacks.effects import services as effects
from app.taskforces.setbacks.effects.services import CheckEffect
from app.taskforces.setbacks.planning import services as planning
from app.taskforces.setbacks.planning.services import PlanAction, ProposePlan
from app.taskforces.setbacks.rules import SetbackStage as S
from app.taskforces.setbacks.rules import Source
from app.taskforces.setbacks.services import Analyse, ReportSetback
from tests import make
from tests.taskforces.setbacks.story import CAUSE, LONG, SAID, Story

YESTERDAY, TOMORROW = today() - timedelta(days=1), today() + timedelta(days=1)
PEOPLE = {
    "chair": None,
    "member": lambda body: make.seated(body, SeatKind.MEMBER),
    "clerk": lambda _body: make.actor(Role.CLERK),
    "overseer": lambda _body: make.actor(Role.OVERSEER),
    "officer": lambda _body: make.actor(Role.OFFICER),
    "admin": lambda _body: make.actor(Role.ADMIN),
    "resident": lambda body: make.resident(body.neighborhood),
    "observer": lambda body: make.seated(body, SeatKind.OBSERVER),
    "former": lambda body: make.seated(body, SeatKind.CO_CHAIR, ends_on=YESTERDAY),
    "coming": lambda body: make.seated(body, SeatKind.CO_CHAIR, starts_on=TOMORROW, ends_on=TOMORROW),
    "foreign": lambda body: make.co_chair(make.task_force(where=body.neighborhood)),
}
MAY = {
    "tell": set(PEOPLE),
    "report": {"chair", "member", "clerk", "overseer"},
    "plan": {"chair", "member"},
    "accept": {"chair", "member"},
    "begin": {"chair", "member"},
    "claim": {"chair", "member"},
}
WHEN = {
    "acknowledge": {S.REPORTED},
    "analyse": {S.ACKNOWLEDGED},
    "plan": {S.ANALYSED, S.NOT_EFFECTIVE},
    "accept": {S.ACKNOWLEDGED, S.ANALYSED, S.NOT_EFFECTIVE, S.ACCEPTED},
    "check": {S.CORRECTING},
    "conclude": {S.CHECKED},
    "take_up": {S.ACCEPTED},
}
VERBS = {*MAY, *WHEN, "verify"}


def verbs(story):
    """Every verb, ready to be tried by somebody."""
    id_, about, acted = story.id, story.about, [action.id for action in story.row.actions] or [0]
    bad = ReportSetback(**SAID, source=Source.OTHER, found_on=today())
    step = PlanAction(step="Rent another crane", owner="Streets department", due_on=TOMORROW, evidence=LONG)
    plan = ProposePlan(actions=[step], check_on=TOMORROW)
    found, measured = Verify(finding=Finding.CORRECTED, found=LONG), CheckEffect(measured=LONG, helped=True)
    return {
        "tell": lambda by: services.tell(about, LONG, by=by),
        "report": lambda by: services.report(about, bad, by=by),
        "acknowledge": story.acknowledge,
        "analyse": lambda by: services.analyse(id_, Analyse(**CAUSE), by=by),
        "plan": lambda by: planning.propose_plan(id_, plan, by=by),
        "accept": lambda by: planning.propose_acceptance(id_, LONG, by=by),
        "begin": lambda by: actions.begin(acted[0], by=by),
        "claim": lambda by: actions.claim(acted[0], LONG, by=by),
        "verify": lambda by: actions.verify(acted[0], found, by=by),
        "check": lambda by: effects.check(id_, measured, by=by),
        "conclude": lambda by: effects.conclude(id_, by=by),
        "take_up": lambda by: services.take_up(id_, by=by),
    }


def standing_refused(act, by):
    try:
        act(by)
    except NoStanding:
        return True
    except DomainError:
        return False
    return False


def who_is_let_in(story, by):
    """The verbs that somebody is not refused for who they are."""
    return {name for name, act in verbs(story).items() if not standing_refused(act, by)}


def test_each_verb_is_for_the_roles_of_the_domain_and_for_nobody_else(app):
    story = Story().claimed()
    for who, come in PEOPLE.items():
        by = story.ada if who == "chair" else come(story.body)
        assert who_is_let_in(story, by) == {verb for verb in VERBS if who in MAY.get(verb, {"chair"})}, who


def test_the_check_notices_when_standing_is_gone(app, monkeypatch):
    monkeypatch.setattr(policies, "may", lambda *_: True)
    story = Story().told()
    assert {"acknowledge", "analyse"} <= who_is_let_in(story, PEOPLE["member"](story.body))


def test_each_verb_is_refused_at_every_stage_but_its_own_and_each_stage_is_told(app, browser):
    seen = {}
    for story in Story().life():
        stage = story.row.stage
        codes = seen.setdefault(stage, set())
        for verb in sorted(WHEN):
            if stage not in WHEN[verb]:
                with pytest.raises(DomainError) as refused:
                    verbs(story)[verb](story.ada)
                codes.add(refused.value.code)
        assert str(words.STAGES[stage]) in browser.open(f"/setbacks/{story.id}").text
    assert seen == dict.fromkeys(S, {"not_a_step"}) | {S.RESOLVED: {"resolved"}}
    row = story.row
    assert (row.plan, [check.helped for check in row.checks]) == (2, [False, True])
    assert [(action.plan, action.stage) for action in row.actions] == [(1, ActionStage.CLOSED), (2, ActionStage.CLOSED)]
