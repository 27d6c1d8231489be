"""Officers judge and price in the open: at the right stage, within the pot, never their own, never unread."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Grant, Role
from app.core.db import db
from app.core.errors import DomainError, NoStanding, NotFound
from app.cycles.rules import Stage as CycleStage
from app.proposals import queries as proposals
from app.proposals import services as verbs
from app.proposals.review import policies, queries, services
from app.proposals.review.rules import REASONS_FOR, Decision, Reason
from app.proposals.rules import CostLine, Stage
from tests import make
from tests.proposals import said

OPEN = {
    Decision.FEASIBLE: {Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE, Stage.NOT_FEASIBLE},
    Decision.NEEDS_CHANGES: {Stage.SUBMITTED, Stage.FEASIBLE, Stage.NOT_FEASIBLE},
    Decision.NOT_FEASIBLE: {Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE},
}


def decides(proposal, by, decision=Decision.FEASIBLE, **more):
    try:
        services.review(proposal.id, said.finding(decision, **more), by=by)
    except DomainError as refusal:
        return refusal.field or refusal.code
    return True


@pytest.mark.parametrize("stage", [pytest.param(stage, id=stage.value) for stage in Stage])
@pytest.mark.parametrize("decision", list(Decision))
def test_an_officer_decides_at_the_right_stages(app, decision, stage):
    proposal = make.proposal(stage=stage)
    done = decides(proposal, make.actor(Role.OFFICER), decision) is True
    assert done is (stage in OPEN[decision])
    assert proposal.stage is (Stage(decision.value) if done else stage)


def reviewers_without_standing(proposal):
    return [make.actor(), actor_of(proposal.author), *(make.actor(r) for r in Role if r is not Role.OFFICER)]


@pytest.mark.parametrize("decision", list(Decision))
def test_nobody_but_an_officer_decides(app, decision):
    proposal = make.proposal()
    assert [decides(proposal, by, decision) for by in reviewers_without_standing(proposal)] == ["no_standing"] * 6


def officer_of(neighborhood):
    grant = Grant(role=Role.OFFICER, neighborhood_id=neighborhood.id)
    return replace(make.actor(), grants=frozenset({grant}))


def test_an_officer_decides_for_their_own_neighborhoods_only(app):
    proposal = make.proposal()
    assert decides(proposal, officer_of(make.neighborhood())) == "no_standing"
    assert decides(proposal, officer_of(proposal.cycle.neighborhood)) is True


def test_nobody_judges_or_prices_their_own_proposal(app):
    officer = make.person(roles=(Role.OFFICER,))
    assert decides(make.proposal(author=officer), actor_of(officer)) == "own_proposal"


def test_the_check_notices_when_somebody_may_judge_their_own(app, monkeypatch):
    monkeypatch.setattr(policies, "may_review", lambda *_, **__: True)
    officer = make.person(roles=(Role.OFFICER,))
    assert decides(make.proposal(author=officer), actor_of(officer)) is True


@pytest.mark.parametrize("stage", [pytest.param(stage, id=stage.value) for stage in CycleStage][1:])
def test_reviews_change_until_the_ballot_is_fixed(app, stage):
    proposal = make.proposal(within=make.cycle(stage=stage))
    done = decides(proposal, make.actor(Role.OFFICER)) is True
    assert done is (stage in (CycleStage.COLLECTING, CycleStage.REVIEWING))


@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_fits_its_decision(app, decision, reason):
    expected = True if reason in REASONS_FOR[decision] else "reason"
    assert decides(make.proposal(), make.actor(Role.OFFICER), decision, reason=reason) == expected


def test_what_can_be_done_has_a_price_the_pot_can_pay(app):
    cycle = make.cycle(pot_cents=100_00, contingency_cents=10_00)
    proposal, officer = make.proposal(within=cycle), make.actor(Role.OFFICER)
    assert decides(proposal, officer, lines=()) == "lines"
    assert decides(proposal, officer, lines=(CostLine(label="Lamps", amount_cents=90_01),)) == "lines"
    assert decides(proposal, officer, lines=(CostLine(label="Lamps", amount_cents=90_00),)) is True
    assert proposal.cost_cents == 90_00


def test_what_costs_more_than_the_pot_can_be_priced_and_turned_down(app):
    proposal = make.proposal(within=make.cycle(pot_cents=100_00))
    dear = (CostLine(label="Bridge", amount_cents=500_00),)
    more = {"reason": Reason.COSTS_MORE_THAN_POT, "lines": dear}
    assert decides(proposal, make.actor(Role.OFFICER), Decision.NOT_FEASIBLE, **more) is True
    assert proposal.cost_cents == 500_00


def test_what_watches_people_needs_a_note_before_the_ballot(app):
    proposal, officer = make.proposal(watches_people=True), make.actor(Role.OFFICER)
    assert decides(proposal, officer) == "impact_note"
    assert decides(proposal, officer, impact_note="It counts bicycles and keeps no pictures.") is True
    assert proposals.detail(proposal.id, None).impact_note == "It counts bicycles and keeps no pictures."


def test_the_schema_holds_what_watches_people_off_the_ballot(app):
    with pytest.raises(sa.exc.IntegrityError, match="impact_noted_before_the_ballot"):
        make.proposal(watches_people=True, stage=Stage.FEASIBLE)


def test_words_changed_meanwhile_are_not_judged_unread(app):
    proposal, officer = make.proposal(), make.actor(Role.OFFICER)
    verbs.edit(proposal.id, said.words(proposal.cycle), by=actor_of(proposal.author))
    assert decides(proposal, officer, reading_checked=True, read_edited_at=None) == "explanation"
    assert decides(proposal, officer, reading_checked=True, read_edited_at=proposal.edited_at) is True


def test_a_draft_is_unknown_to_officers(app):
    with pytest.raises(NotFound):
        services.review(make.proposal(stage=Stage.DRAFT).id, said.finding(), by=make.actor(Role.OFFICER))


def test_earlier_findings_and_prices_stay_in_the_open(app):
    proposal, officer = make.proposal(), make.actor(Role.OFFICER)
    decides(proposal, officer)
    decides(proposal, officer, lines=(CostLine(label="Cheaper lamps", amount_cents=9_000_00),))
    decides(proposal, officer, Decision.NEEDS_CHANGES)
    found = queries.history(proposal.id)
    assert [f.decision.value for f in found] == ["needs_changes", "feasible", "feasible"]
    assert queries.price(found).cost_cents == proposal.cost_cents == 9_000_00


def test_a_review_is_one_event_and_carries_no_words_into_the_audit_log(app):
    decides(make.proposal(), make.actor(Role.OFFICER), explanation="Canary words of an officer.")
    (entry,) = db.session.scalars(sa.select(AuditEntry))
    assert entry.kind == "ProposalReviewed" and '"cost_cents":1200000' in entry.body
    assert "Canary" not in entry.body


def test_a_finding_that_cannot_be_recorded_does_not_stand(app, monkeypatch):
    proposal, officer = make.proposal(), make.actor(Role.OFFICER)
    monkeypatch.setattr(services, "publish", lambda event: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.review(proposal.id, said.finding(), by=officer)
    assert proposal.stage is Stage.SUBMITTED and queries.history(proposal.id) == []


def test_findings_are_never_edited(app):
    proposal, officer = make.proposal(), make.actor(Role.OFFICER)
    decides(proposal, officer)
    for table in ("review", "costing", "costing_line"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as connection:
            connection.execute(sa.text(f"DELETE FROM {table}"))


def test_no_standing_is_said_as_such(app):
    with pytest.raises(NoStanding, match="Only officers"):
        services.review(make.proposal().id, said.finding(), by=make.actor())
