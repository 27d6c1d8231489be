"""Stage × person for each step of the board: one table, every cell tried."""

import pytest

from app.core.access import Actor, Grant, Role
from app.core.errors import DomainError, NoStanding
from app.voting import services as voting
from app.voting.board import queries as boards
from app.voting.board.rules import Account, ActKind, Part, Standing
from app.voting.board.services import MayNot, request
from app.voting.results import policies, services
from app.voting.rules import BoardStep, VoteStage, When, when
from tests import make
from tests.voting.results import board

LETTERS = {"E": When.TOO_EARLY, "N": When.NOW, "D": When.DONE, "L": When.TOO_LATE}
TIMES = {
    BoardStep.OPEN: "NDLLLLLLL",
    BoardStep.CLOSE: "ENDLLLLLL",
    BoardStep.RECONCILE: "EENDLLLLL",
    BoardStep.OPEN_ENVELOPES: "EEENDLLLL",
    BoardStep.COUNT: "EEEENDLLL",
    BoardStep.CERTIFY: "EEEEENDLL",
    BoardStep.PUBLISH: "EEEEEENDL",
    BoardStep.DESTROY: "EEEEEEEND",
}
"""Frozen, open, closed, reconciled, opened, counted, certified, published, destroyed."""
ASKED_FOR = [step for step in TIMES if step is not BoardStep.CERTIFY]
WAYS = {
    VoteStage.FROZEN: lambda: make.fixed_vote(),
    VoteStage.OPEN: lambda: board.voted([(1,)]),
    VoteStage.CLOSED: lambda: board.closed([(1,)]),
    VoteStage.RECONCILED: lambda: board.reconciled([(1,)]),
    VoteStage.OPENED: lambda: board.opened([(1,)]),
    VoteStage.COUNTED: lambda: board.counted([(1,)]).vote,
    VoteStage.CERTIFIED: lambda: board.certified([(1,)]).vote,
    VoteStage.PUBLISHED: lambda: board.published([(1,)]),
    VoteStage.DESTROYED: lambda: board.destroyed([(1,)]),
}


def vote_in(stage):
    """The id of the cycle of a vote in that stage."""
    return WAYS[stage]().cycle_id


def code_of(verb, *arguments, **more):
    with pytest.raises(DomainError) as refusal:
        verb(*arguments, **more)
    return refusal.value.code


def ask(step, cycle_id, who):
    return request(cycle_id, ActKind(step.value), {"early_reason": "A test."}, by=who)


@pytest.mark.parametrize("step", TIMES)
def test_each_step_has_its_time(step):
    assert [when(step, stage) for stage in VoteStage] == [LETTERS[letter] for letter in TIMES[step]]


@pytest.mark.parametrize("stage", VoteStage)
def test_each_step_is_asked_for_in_its_time_and_by_nobody_who_does_not_run_the_vote(app, stage):
    cycle_id, place = vote_in(stage), list(VoteStage).index(stage)
    runs, _second, observer = make.board_of(cycle_id)
    others = [observer, make.actor(), *(make.actor(role) for role in Role)]
    for step in ASKED_FOR:
        assert {code_of(ask, step, cycle_id, who) for who in others} == {"not_running"}
        time = LETTERS[TIMES[step][place]]
        if time is not When.NOW:
            assert code_of(ask, step, cycle_id, runs) == time.value


@pytest.mark.parametrize("stage", VoteStage)
def test_a_result_is_signed_in_its_time_by_its_own_clerk_and_observer(app, stage):
    cycle_id, place = vote_in(stage), list(VoteStage).index(stage)
    for who in (make.actor(), *(make.actor(role) for role in Role)):
        with pytest.raises(NoStanding):
            services.certify(cycle_id, by=who)
    time = LETTERS[TIMES[BoardStep.CERTIFY][place]]
    if time in (When.TOO_EARLY, When.TOO_LATE):
        for who in (board.clerk(cycle_id), board.observer(cycle_id)):
            assert code_of(services.certify, cycle_id, by=who) == time.value


@pytest.mark.parametrize("step", ASKED_FOR)
def test_a_board_of_elsewhere_does_nothing_here(app, step):
    cycle_id, elsewhere = vote_in(VoteStage.CLOSED), vote_in(VoteStage.CLOSED)
    assert code_of(ask, step, cycle_id, board.clerk(elsewhere)) == "not_running"


def test_a_rule_that_lets_everybody_is_noticed(app, monkeypatch):
    """The twin: with the rule away, a resident would have asked, which the table above would report."""
    cycle_id = vote_in(VoteStage.CLOSED)
    anybody = make.fresh(make.actor())

    def runs(_cycle, actor):
        return Standing(person_id=actor.id, account=Account(email=""), part=Part.RUNS, since=None, confirmed_at=None)

    monkeypatch.setattr(boards, "standing", runs)
    assert ask(BoardStep.RECONCILE, cycle_id, anybody)


def test_a_step_that_forgets_its_time_is_noticed(app, monkeypatch):
    """The twin: with the stages forgotten, an open vote would be counted into nothing; the set is then missing."""
    monkeypatch.setattr(voting, "when", lambda step, stage: When.NOW)
    cycle_id = vote_in(VoteStage.OPEN)
    with pytest.raises(DomainError) as refusal:
        board.count(cycle_id)
    assert refusal.value.code != "too_early" and not isinstance(refusal.value, MayNot)


SIGNERS = [
    ((Role.CLERK,), {"runs": True, "observes": False}, None, None, Role.CLERK),
    ((Role.CLERK,), {"runs": False, "observes": False}, None, None, None),
    ((Role.OBSERVER,), {"runs": False, "observes": True}, None, None, Role.OBSERVER),
    ((Role.OBSERVER,), {"runs": False, "observes": False}, None, None, None),
    ((Role.OBSERVER,), {"runs": True, "observes": False}, None, None, None),
    ((), {"runs": True, "observes": False}, None, None, None),
    ((Role.CLERK, Role.OBSERVER), {"runs": True, "observes": True}, None, None, Role.CLERK),
    ((Role.CLERK, Role.OBSERVER), {"runs": True, "observes": True}, 7, None, Role.OBSERVER),
    ((Role.CLERK, Role.OBSERVER), {"runs": True, "observes": False}, 7, None, None),
    ((Role.CLERK,), {"runs": True, "observes": False}, 7, None, None),
    ((Role.OBSERVER,), {"runs": False, "observes": True}, None, 7, None),
    ((Role.OFFICER, Role.ADMIN), {"runs": True, "observes": True}, None, None, None),
]


@pytest.mark.parametrize(("roles", "part", "clerk_id", "observer_id", "expected"), SIGNERS)
def test_who_signs_as_what(roles, part, clerk_id, observer_id, expected):
    grants = frozenset(Grant(role=role, neighborhood_id=None) for role in roles)
    may = policies.signatures(Actor(id=1, name="Ada", grants=grants), 5, **part)
    assert policies.signs_as(may, clerk_id=clerk_id, observer_id=observer_id) is expected


def test_a_visitor_signs_nothing():
    assert policies.signatures(None, 5, runs=True, observes=True) == frozenset()
