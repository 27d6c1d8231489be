"""The stage table, written down once more: each step by its hand alone, and each condition with its reason."""

from dataclasses import replace

import pytest

from app.core.access import Actor, Grant, Role
from app.taskforces.projects.rules import ACTIVE, ProjectStage
from app.taskforces.projects.stages import rules
from app.taskforces.projects.stages.policies import hands
from app.taskforces.projects.stages.rules import Hand, Step, WhyNot, why_not_step
from app.taskforces.projects.stages.words import WHY_NOT
from tests.taskforces.projects.steps import READY

S, H = ProjectStage, Hand
STEPS = {
    (S.FUNDED, S.MOBILISING): H.CLERK,
    (S.MOBILISING, S.PLANNING): H.BOTH,
    (S.PLANNING, S.PROCUREMENT): H.CHAIR,
    (S.PLANNING, S.DELIVERY): H.CHAIR,
    (S.PROCUREMENT, S.DELIVERY): H.CHAIR,
    (S.DELIVERY, S.HANDOVER): H.CHAIR,
    (S.HANDOVER, S.COMPLETED): H.BOTH,
    (S.COMPLETED, S.EVALUATED): H.CHAIR,
    **{(stage, S.PAUSED): H.BOTH for stage in ACTIVE},
    (S.PAUSED, S.DELIVERY): H.BOTH,
    **{(stage, S.CANCELLED): H.BOTH_AND_CLERK for stage in (S.FUNDED, *ACTIVE, S.PAUSED)},
}
"""As domain.md has it; the project of these facts was paused in delivery."""


def may(was, to, *given):
    return why_not_step(replace(READY, stage=was), to, given) is None


@pytest.mark.parametrize("was", list(S))
def test_every_step_that_is_not_listed_is_refused_whoever_asks(was):
    for to in S:
        assert may(was, to, *H) == ((was, to) in STEPS), to


@pytest.mark.parametrize("hand", list(H))
def test_a_step_is_taken_by_its_own_hand_and_by_no_other(hand):
    taken = {(was, to) for was in S for to in S if may(was, to, hand)}
    assert taken == {step for step, by in STEPS.items() if by is hand}


def test_the_check_notices_a_step_too_many(monkeypatch):
    monkeypatch.setitem(rules.STEPS, S.COMPLETED, (Step(to=S.DELIVERY, hand=H.CHAIR),))
    with pytest.raises(AssertionError):
        test_every_step_that_is_not_listed_is_refused_whoever_asks(S.COMPLETED)


LACKS = [
    (S.FUNDED, S.MOBILISING, {"result_is_final": False}, WhyNot.PROVISIONAL),
    (S.FUNDED, S.MOBILISING, {"year_is_open": False}, WhyNot.YEAR_CLOSED),
    (S.FUNDED, S.MOBILISING, {"has_task_force": False}, WhyNot.NO_TASK_FORCE),
    (S.FUNDED, S.MOBILISING, {"has_lead": False}, WhyNot.NO_LEAD),
    (S.FUNDED, S.MOBILISING, {"has_manager": False}, WhyNot.NO_MANAGER),
    (S.MOBILISING, S.PLANNING, {"has_manager": False}, WhyNot.NO_MANAGER),
    (S.MOBILISING, S.PLANNING, {"milestones": 0}, WhyNot.NO_MILESTONES),
    (S.MOBILISING, S.PLANNING, {"plans": 0}, WhyNot.NO_PLAN_MILESTONE),
    (S.MOBILISING, S.PLANNING, {"deliveries": 0}, WhyNot.NO_DELIVERY_MILESTONE),
    (S.PLANNING, S.PROCUREMENT, {"plans_verified": 0}, WhyNot.PLAN_NOT_VERIFIED),
    (S.PLANNING, S.DELIVERY, {"plans_verified": 0}, WhyNot.PLAN_NOT_VERIFIED),
    (S.PLANNING, S.DELIVERY, {"reason": "Not needed." + " " * 40}, WhyNot.NO_REASON),
    (S.PROCUREMENT, S.DELIVERY, {"committed_cents": 0}, WhyNot.NO_COMMITMENT),
    (S.DELIVERY, S.HANDOVER, {"deliveries_unclaimed": 1}, WhyNot.NOT_CLAIMED),
    (S.DELIVERY, S.HANDOVER, {"deliveries": 0}, WhyNot.NOT_CLAIMED),
    (S.HANDOVER, S.COMPLETED, {"unverified": 1}, WhyNot.OPEN_MILESTONES),
    (S.HANDOVER, S.COMPLETED, {"snags_dated": False}, WhyNot.NO_SNAG_LIST),
    (S.HANDOVER, S.COMPLETED, {"report_is_public": False}, WhyNot.NO_REPORT),
    (S.COMPLETED, S.EVALUATED, {"residents_confirmed": False}, WhyNot.NOT_CONFIRMED),
    (S.COMPLETED, S.EVALUATED, {"checked_after_a_year": False}, WhyNot.NOT_CHECKED),
    (S.DELIVERY, S.PAUSED, {"reason": ""}, WhyNot.NO_REASON),
    (S.DELIVERY, S.PAUSED, {"restart_is_ahead": False}, WhyNot.NO_RESTART),
    (S.PAUSED, S.DELIVERY, {"paused_from": S.PLANNING}, WhyNot.NOT_A_STEP),
    (S.PAUSED, S.CANCELLED, {"reason": ""}, WhyNot.NO_REASON),
    (S.FUNDED, S.CANCELLED, {"has_task_force": False}, WhyNot.NO_TASK_FORCE),
]


@pytest.mark.parametrize(("was", "to", "lack", "reason"), LACKS)
def test_each_condition_refuses_with_its_own_reason(was, to, lack, reason):
    assert why_not_step(replace(READY, stage=was, **lack), to, list(H)) is reason


def test_every_condition_is_asked_by_some_step_and_has_its_sentence(app):
    asked = {need for steps in rules.STEPS.values() for step in steps for need in step.needs}
    assert asked == set(rules.HOLDS) and set(WHY_NOT) == set(WhyNot)


ROLES = {
    "a visitor": (None, frozenset()),
    "a resident": (Actor(id=1, name="R", resident_of=1), frozenset()),
    "a co-chair": (Actor(id=7, name="C"), {H.CHAIR}),
    **{role.value: (Actor(id=2, name="S", grants=frozenset({Grant(role=role, neighborhood_id=1)})), frozenset())
       for role in Role if role is not Role.CLERK},
    "a clerk": (Actor(id=3, name="K", grants=frozenset({Grant(role=Role.CLERK, neighborhood_id=1)})), {H.CLERK}),
    "a clerk elsewhere": (Actor(id=4, name="E", grants=frozenset({Grant(role=Role.CLERK, neighborhood_id=2)})), set()),
}


@pytest.mark.parametrize(("actor", "expected"), ROLES.values(), ids=ROLES)
def test_nobody_has_the_hands_of_both_sides_alone(actor, expected):
    assert hands(actor, {7, 8}, 1) == expected
