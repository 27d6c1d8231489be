"""Stage × role for each step of the board: one table, every cell tried."""

import pytest

from app.core.access import Actor, Grant, Role
from app.core.errors import DomainError, NoStanding
from app.voting import services as voting
from app.voting.opening import policies as opening_policies
from app.voting.opening import services as opening
from app.voting.results import policies, services
from app.voting.rules import Step, VoteStage, When, when
from tests import make
from tests.voting.results import board

VERBS = {
    Step.OPEN: opening.open_envelopes,
    Step.COUNT: services.count,
    Step.CERTIFY: services.certify,
}
BOARD = {
    Step.OPEN: {"clerk"},
    Step.COUNT: {"clerk"},
    Step.CERTIFY: {"clerk", "observer"},
}
ROLES = ("clerk", "observer", "officer", "admin", "overseer", "resident")
EARLY, NOW, DONE, LATE = When.TOO_EARLY, When.NOW, When.DONE, When.TOO_LATE
TIMES = {
    Step.OPEN: (EARLY, EARLY, NOW, DONE, LATE, LATE),
    Step.COUNT: (EARLY, EARLY, EARLY, NOW, DONE, LATE),
    Step.CERTIFY: (EARLY, EARLY, EARLY, EARLY, NOW, DONE),
}


def vote_in(stage):
    """The id of the cycle of a vote in that stage."""
    ways = {
        VoteStage.FROZEN: make.fixed_vote,
        VoteStage.OPEN: lambda: board.voted([(1,)]),
        VoteStage.CLOSED: lambda: board.closed([(1,)]),
        VoteStage.OPENED: lambda: board.opened([(1,)]),
        VoteStage.COUNTED: lambda: board.counted([(1,)]).vote,
        VoteStage.CERTIFIED: lambda: board.certified([(1,)]).vote,
    }
    return ways[stage]().cycle_id


def actor(role):
    return make.actor() if role == "resident" else make.actor(Role(role))


@pytest.mark.parametrize("step", Step)
def test_each_step_has_its_time(step):
    assert tuple(when(step, stage) for stage in VoteStage) == TIMES[step]


@pytest.mark.parametrize("stage", VoteStage)
def test_each_step_is_taken_by_its_board_in_its_time_and_by_nobody_else(app, stage):
    cycle_id = vote_in(stage)
    for step, verb in VERBS.items():
        time = TIMES[step][list(VoteStage).index(stage)]
        for role in ROLES:
            if role not in BOARD[step]:
                with pytest.raises(NoStanding):
                    verb(cycle_id, by=actor(role))
            elif time in (EARLY, LATE):
                with pytest.raises(DomainError) as refusal:
                    verb(cycle_id, by=actor(role))
                assert refusal.value.code == time.value


@pytest.mark.parametrize("step", Step)
def test_a_board_of_elsewhere_does_nothing_here(app, step):
    cycle_id = vote_in(VoteStage.CLOSED)
    grants = frozenset(Grant(role=role, neighborhood_id=make.neighborhood().id) for role in (Role.CLERK, Role.OBSERVER))
    stranger = Actor(id=make.person().id, name="Stranger", grants=grants)
    with pytest.raises(NoStanding):
        VERBS[step](cycle_id, by=stranger)


def test_a_policy_that_lets_everybody_is_noticed(app, monkeypatch):
    """The twin: with the policy away, a resident opens the envelopes, which the table above would report."""
    monkeypatch.setattr(opening_policies, "may_open", lambda actor, where: True)
    cycle_id = vote_in(VoteStage.CLOSED)
    assert board.open_envelopes(cycle_id).stage is VoteStage.OPENED


def test_a_step_that_forgets_its_time_is_noticed(app, monkeypatch):
    """The twin: with the stages forgotten, an open vote would be counted into nothing; the set is then missing."""
    monkeypatch.setattr(voting, "when", lambda step, stage: NOW)
    cycle_id = vote_in(VoteStage.OPEN)
    with pytest.raises(DomainError) as refusal:
        board.count(cycle_id)
    assert refusal.value.code != "too_early"


@pytest.mark.parametrize(
    ("roles", "clerk_id", "observer_id", "expected"),
    [
        ((Role.CLERK,), None, None, Role.CLERK),
        ((Role.OBSERVER,), None, None, Role.OBSERVER),
        ((Role.CLERK, Role.OBSERVER), None, None, Role.CLERK),
        ((Role.CLERK, Role.OBSERVER), 7, None, Role.OBSERVER),
        ((Role.CLERK, Role.OBSERVER), 1, None, None),
        ((Role.CLERK,), 7, None, None),
        ((Role.OBSERVER,), None, 7, None),
        ((Role.OFFICER, Role.ADMIN), None, None, None),
    ],
)
def test_who_signs_as_what(roles, clerk_id, observer_id, expected):
    grants = frozenset(Grant(role=role, neighborhood_id=None) for role in roles)
    signer = Actor(id=1, name="Ada", grants=grants)
    assert policies.signs_as(signer, 5, clerk_id=clerk_id, observer_id=observer_id) is expected


def test_a_visitor_signs_nothing():
    assert not policies.may_certify(None, 5)
