"""Every step of a setback and of a corrective action that is not listed is refused, for every role."""

from datetime import date
from itertools import product

import pytest

from app.taskforces.setbacks import policies, rules
from app.taskforces.setbacks.actions import rules as actions
from app.taskforces.setbacks.actions.rules import ActionStage, Move
from app.taskforces.setbacks.rules import Deed, Part, SetbackStage, Standing, Step, WhyNot

STEPS = """
    reported      acknowledge      acknowledged
    acknowledged  analyse          analysed
    acknowledged  accept           accepted
    analysed      agree            planned
    analysed      accept           accepted
    planned       begin            correcting
    correcting    begin            correcting
    correcting    check            checked
    checked       resolve          resolved
    checked       find_ineffective not_effective
    not_effective agree            planned
    not_effective accept           accepted
    accepted      accept           accepted
    accepted      take_up          acknowledged
"""
MOVES = """
    open         begin   in_progress
    in_progress  claim   claimed
    claimed      verify  verified
    verified     close   closed
"""
ONLY_CHAIRS = {Deed.ACKNOWLEDGE, Deed.ANALYSE, Deed.VERIFY, Deed.CHECK, Deed.CONCLUDE, Deed.TAKE_UP}
WITH_MEMBERS = {Deed.PROPOSE, Deed.BEGIN, Deed.CLAIM}


def table(text):
    return {(was, step): then for was, step, then in (line.split() for line in text.split("\n") if line.strip())}


@pytest.mark.parametrize("was", SetbackStage)
def test_a_setback_takes_the_listed_steps_and_no_other(was):
    listed = table(STEPS)
    for step in Step:
        then = listed.get((was.value, step.value))
        refused = WhyNot.RESOLVED if was is SetbackStage.RESOLVED else WhyNot.NOT_A_STEP
        assert rules.why_not(was, step) is (None if then else refused), (was, step)
        assert not then or rules.NEXT[was, step] == then


@pytest.mark.parametrize("was", ActionStage)
def test_a_corrective_action_makes_the_listed_moves_and_no_other(was):
    listed = table(MOVES)
    for move in Move:
        then = listed.get((was.value, move.value))
        assert actions.why_not(was, move) is (None if then else actions.WhyNot.NOT_A_STEP), (was, move)
        assert not then or actions.NEXT[was, move] == then


@pytest.mark.parametrize(("deed", "part"), list(product(Deed, Part)))
def test_each_deed_is_for_the_roles_of_the_domain(deed, part):
    allowed = {
        Deed.TELL: set(Part),
        Deed.REPORT: set(Part) - {Part.ANYBODY},
        Deed.READ_REPORT: {Part.CHAIR, Part.OVERSEER},
        **dict.fromkeys(ONLY_CHAIRS, {Part.CHAIR}),
        **dict.fromkeys(WITH_MEMBERS, {Part.CHAIR, Part.MEMBER}),
    }
    standing = Standing(parts=frozenset({Part.ANYBODY, part}))
    assert policies.may(deed, standing) is bool(allowed[deed] & {Part.ANYBODY, part})


def test_nobody_verifies_or_concludes_what_their_own_side_did():
    assert actions.why_not(ActionStage.CLAIMED, Move.VERIFY, same_side=True) is actions.WhyNot.SAME_SIDE
    for step in (Step.RESOLVE, Step.FIND_INEFFECTIVE):
        assert rules.why_not(SetbackStage.CHECKED, step, same_side=True) is WhyNot.SAME_SIDE


def test_the_effect_is_measured_once_every_action_is_verified():
    assert rules.why_not(SetbackStage.CORRECTING, Step.CHECK, unverified=1) is WhyNot.ACTIONS_OPEN


@pytest.mark.parametrize(
    ("stage", "due", "overdue"),
    [(SetbackStage.REPORTED, 4, True), (SetbackStage.REPORTED, 5, False), (SetbackStage.RESOLVED, 4, False)],
)
def test_overdue_is_derived_and_ends_when_it_is_resolved(stage, due, overdue):
    assert rules.is_overdue(stage, date(2026, 12, due), date(2026, 12, 5)) is overdue
