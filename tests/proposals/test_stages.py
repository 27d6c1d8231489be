"""Stage × person: each verb of a proposal is open to its author at the right stage, and to nobody else ever."""

import pytest

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.errors import DomainError, NoStanding, NotFound
from app.cycles.rules import Stage as CycleStage
from app.cycles.services import WrongPhase
from app.proposals import policies, services
from app.proposals.rules import Stage
from tests import make
from tests.proposals import said

EVERY = [pytest.param(stage, id=stage.value) for stage in Stage]
VERBS = {
    "edit": lambda proposal, by: services.edit(proposal.id, said.words(proposal.cycle), by=by),
    "withdraw": lambda proposal, by: services.withdraw(proposal.id, by=by),
    "send": lambda proposal, by: services.send(proposal.id, by=by),
}
OPEN_TO_AUTHOR = {
    "edit": {Stage.DRAFT, Stage.SUBMITTED, Stage.NEEDS_CHANGES},
    "withdraw": {Stage.DRAFT, Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE, Stage.WITHDRAWN},
    "send": set(Stage),
}


def does(verb, proposal, by):
    """Whether the verb was done; a repeated send or withdrawal that changes nothing counts as done."""
    try:
        VERBS[verb](proposal, by)
    except DomainError:
        return False
    return True


@pytest.mark.parametrize("stage", EVERY)
@pytest.mark.parametrize("verb", VERBS)
def test_the_author_may_do_it_at_the_right_stages(app, verb, stage):
    proposal = make.proposal(stage=stage)
    assert does(verb, proposal, actor_of(proposal.author)) is (stage in OPEN_TO_AUTHOR[verb])


def others(cycle):
    return [make.actor(), make.resident(cycle.neighborhood), *(make.actor(role) for role in Role)]


@pytest.mark.parametrize("stage", EVERY)
@pytest.mark.parametrize("verb", VERBS)
def test_nobody_else_may_at_any_stage(app, verb, stage):
    proposal = make.proposal(stage=stage)
    assert [by for by in others(proposal.cycle) if does(verb, proposal, by)] == []
    assert proposal.stage is stage


@pytest.mark.parametrize("verb", VERBS)
def test_the_check_notices_when_anybody_may_change_a_proposal(app, verb, monkeypatch):
    for rule in ("may_change", "may_write"):
        monkeypatch.setattr(policies, rule, lambda *_, **__: True)
    proposal = make.proposal()
    assert does(verb, proposal, make.actor())


def test_somebody_else_s_draft_is_unknown_rather_than_forbidden(app):
    draft = make.proposal(stage=Stage.DRAFT)
    with pytest.raises(NotFound):
        services.send(draft.id, by=make.actor())
    with pytest.raises(NoStanding):
        services.withdraw(make.proposal().id, by=make.actor())


@pytest.mark.parametrize("stage", [pytest.param(stage, id=stage.value) for stage in CycleStage])
def test_one_may_propose_only_while_proposals_are_collected(app, stage):
    cycle, by = make.cycle(stage=stage), make.actor()
    if stage is CycleStage.COLLECTING:
        assert services.submit(cycle.id, said.words(cycle), by=by).stage is Stage.SUBMITTED
        return
    with pytest.raises(NotFound if stage is CycleStage.DRAFT else WrongPhase):
        services.submit(cycle.id, said.words(cycle), by=by)


@pytest.mark.parametrize("stage", [pytest.param(stage, id=stage.value) for stage in CycleStage][1:])
@pytest.mark.parametrize("verb", ["edit", "withdraw"])
def test_once_the_ballot_is_fixed_nothing_changes_any_more(app, verb, stage):
    proposal = make.proposal(within=make.cycle(stage=stage))
    is_open = stage in (CycleStage.COLLECTING, CycleStage.REVIEWING)
    assert does(verb, proposal, actor_of(proposal.author)) is is_open


def test_a_draft_cannot_be_sent_after_the_collecting(app):
    draft = make.proposal(stage=Stage.DRAFT, within=make.cycle(stage=CycleStage.REVIEWING))
    with pytest.raises(WrongPhase):
        services.send(draft.id, by=actor_of(draft.author))
