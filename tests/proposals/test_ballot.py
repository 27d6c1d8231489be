"""From feasible proposals to options, and from options to what is funded."""

import pytest

from app.core.access import Role
from app.core.errors import DomainError, NoStanding
from app.cycles.rules import Stage as CycleStage
from app.proposals import queries, services
from app.proposals.rules import Stage
from tests import make


def reviewed_cycle(**more):
    return make.cycle(stage=CycleStage.REVIEWING, **more)


def test_every_feasible_proposal_and_no_other_becomes_an_option(app):
    cycle = reviewed_cycle()
    made = {stage: make.proposal(within=cycle, stage=stage) for stage in Stage}
    options = services.put_on_ballot(cycle.id, by=make.actor(Role.CLERK))
    assert [option.id for option in options] == [made[Stage.FEASIBLE].id]
    assert made[Stage.SUBMITTED].stage is Stage.SUBMITTED
    assert made[Stage.FEASIBLE].id in [card.id for card in queries.cards(stage=Stage.ON_BALLOT).items]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CLERK])
def test_only_a_clerk_puts_proposals_on_the_ballot(app, role):
    cycle = reviewed_cycle()
    make.proposal(within=cycle, stage=Stage.FEASIBLE)
    with pytest.raises(NoStanding):
        services.put_on_ballot(cycle.id, by=make.actor(role))


@pytest.mark.parametrize("stage", sorted(set(CycleStage) - {CycleStage.DRAFT, CycleStage.REVIEWING}))
def test_a_ballot_is_fixed_only_at_the_end_of_the_review(app, stage):
    cycle = make.cycle(stage=stage)
    make.proposal(within=cycle, stage=Stage.FEASIBLE)
    with pytest.raises(DomainError, match="end of the review"):
        services.put_on_ballot(cycle.id, by=make.actor(Role.CLERK))


def test_a_ballot_needs_something_to_vote_on(app):
    with pytest.raises(DomainError, match="nothing to vote on"):
        services.put_on_ballot(reviewed_cycle().id, by=make.actor(Role.CLERK))


def test_an_option_dearer_than_the_pot_stops_the_ballot(app):
    cycle = reviewed_cycle(pot_cents=10_00)
    make.proposal(within=cycle, stage=Stage.FEASIBLE, number=3, cost_cents=10_01)
    with pytest.raises(DomainError, match="2026-P003"):
        services.put_on_ballot(cycle.id, by=make.actor(Role.CLERK))


def balloted(cycle):
    return [make.proposal(within=cycle, stage=Stage.ON_BALLOT) for _ in range(3)]


def test_the_outcome_of_a_count_is_written_to_every_option(app):
    cycle = make.cycle(stage=CycleStage.COUNTING)
    first, second, third = balloted(cycle)
    for _ in range(2):
        services.record_outcomes(cycle.id, [second.id], by_id=None)
    assert [p.stage for p in (first, second, third)] == [Stage.NOT_FUNDED, Stage.FUNDED, Stage.NOT_FUNDED]


def test_a_second_outcome_that_differs_is_refused(app):
    cycle = make.cycle(stage=CycleStage.COUNTING)
    first, second, _third = balloted(cycle)
    services.record_outcomes(cycle.id, [first.id], by_id=None)
    with pytest.raises(DomainError, match="already recorded"):
        services.record_outcomes(cycle.id, [second.id], by_id=None)


def test_an_outcome_names_no_stranger(app):
    cycle = make.cycle(stage=CycleStage.COUNTING)
    balloted(cycle)
    with pytest.raises(DomainError, match="not on the ballot"):
        services.record_outcomes(cycle.id, [make.proposal().id], by_id=None)
