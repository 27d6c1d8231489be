"""The verbs of a cycle: who may, when, and that nothing that decides the outcome moves once the ballot is fixed."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from app.cycles import queries, services
from app.cycles.forms import planned_phases
from app.cycles.models import Cycle, RuleCard
from app.cycles.rules import CountRule, LeftoverRule, PhaseKind, PublicationLevel, Stage, reached
from tests import make


def as_it_is(cycle_id, **changes):
    """A command that edits nothing but `changes`."""
    cycle = queries.facts(cycle_id, drafts=True)
    command = services.EditCycle(
        name=cycle.name,
        summary=cycle.summary,
        year=cycle.year,
        pot_cents=cycle.pot_cents,
        contingency_cents=cycle.contingency_cents,
        count_rule=CountRule(cycle.count_rule),
        max_ranks=cycle.max_ranks,
        leftover_rule=cycle.leftover_rule,
        publication_level=cycle.publication_level,
        phases=tuple(planned_phases(cycle)),
    )
    return replace(command, **changes)


def later(cycle_id, kind):
    """The phases with one of them a day shorter."""
    planned = planned_phases(queries.facts(cycle_id, drafts=True))
    return tuple(replace(p, last_on=p.last_on - timedelta(days=1)) if p.kind is kind else p for p in planned)


DECISIVE = {
    "name": "Another name",
    "year": 2031,
    "pot_cents": 1_00,
    "contingency_cents": 1,
    "count_rule": CountRule.POINTS,
    "max_ranks": 2,
    "leftover_rule": LeftoverRule.CONTINGENCY,
    "publication_level": PublicationLevel.TOTALS,
}
AFTER = [stage for stage in Stage if reached(stage, Stage.BALLOT_FIXED)]


def try_to_edit(cycle_id, by, **changes):
    """Whether the edit went through."""
    try:
        services.edit(cycle_id, as_it_is(cycle_id, **changes), by=by)
    except DomainError:
        return False
    return True


@pytest.mark.parametrize("stage", Stage)
def test_what_decides_the_outcome_can_be_edited_only_before_the_ballot_is_fixed(app, stage):
    cycle, clerk = make.cycle(stage=stage).id, make.actor(Role.CLERK)
    edited = {name: try_to_edit(cycle, clerk, **{name: value}) for name, value in DECISIVE.items()}
    edited["voting"] = try_to_edit(cycle, clerk, phases=later(cycle, PhaseKind.VOTING))
    assert set(edited.values()) == {stage not in AFTER}


@pytest.mark.parametrize("stage", Stage)
def test_words_and_later_dates_can_be_edited_until_the_cycle_is_closed(app, stage):
    cycle, clerk = make.cycle(stage=stage).id, make.actor(Role.CLERK)
    edited = (
        try_to_edit(cycle, clerk, summary="Come."),
        try_to_edit(cycle, clerk, phases=later(cycle, PhaseKind.DELIVERING)),
    )
    assert set(edited) == {stage is not Stage.CLOSED}


def test_without_the_rule_a_pot_would_move_after_the_ballot_is_fixed(app, monkeypatch):
    """The twin: the matrix above notices when the guard is gone."""
    monkeypatch.setattr(services, "_refuse_what_is_fixed", lambda *_: None)
    assert try_to_edit(make.cycle(stage=Stage.VOTING).id, make.actor(Role.CLERK), pot_cents=1_00)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REVIEWING, Stage.VOTING])
def test_only_clerks_edit(app, stage, role):
    by = make.actor(*([role] if role else []))
    assert try_to_edit(make.cycle(stage=stage).id, by, summary="New") == (role is Role.CLERK)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("to", list(Stage)[1:])
def test_clerks_lead_and_only_the_last_signature_may_be_the_observers(app, to, role):
    before = list(Stage)[list(Stage).index(to) - 1]
    cycle = make.cycle(stage=before)
    if to is Stage.BALLOT_FIXED:
        services.freeze_rule_card(cycle.id, {}, lot_commitment="00", by=make.actor(Role.CLERK))
    by = make.actor(*([role] if role else []))
    if role is Role.CLERK or (role is Role.OBSERVER and to is Stage.CERTIFIED):
        assert services.advance(cycle.id, to, by=by).stage is to
    else:
        with pytest.raises(NoStanding):
            services.advance(cycle.id, to, by=by)


def test_a_clerk_of_another_neighborhood_has_no_standing(app):
    stranger = make.actor()
    with pytest.raises(NoStanding):
        services.advance(make.cycle(stage=Stage.DRAFT).id, Stage.COLLECTING, by=stranger)


@pytest.mark.parametrize("to", [Stage.DRAFT, Stage.COLLECTING, Stage.VOTING])
def test_no_step_is_skipped_repeated_or_taken_back(app, to):
    cycle = make.cycle(stage=Stage.COLLECTING)
    with pytest.raises(DomainError, match="step by step"):
        services.advance(cycle.id, to, by=make.actor(Role.CLERK))


def test_a_step_inside_a_larger_change_is_undone_with_it(app):
    cycle, clerk = make.cycle(stage=Stage.VOTING).id, make.actor(Role.CLERK)
    with pytest.raises(RuntimeError), transaction():
        services.advance(cycle, Stage.COUNTING, by=clerk)
        raise RuntimeError
    assert queries.facts(cycle).stage is Stage.VOTING


def test_each_change_leaves_one_entry_in_the_audit_log(app):
    cycle, clerk = make.cycle(stage=Stage.DRAFT).id, make.actor(Role.CLERK)
    services.edit(cycle, as_it_is(cycle, pot_cents=5_00, contingency_cents=0), by=clerk)
    services.advance(cycle, Stage.COLLECTING, by=clerk)
    kinds = list(db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)))
    assert kinds == ["CycleEdited", "CycleAdvanced"]
    first = db.session.scalars(sa.select(AuditEntry.body).order_by(AuditEntry.sequence)).first()
    assert "pot_cents: 10000000 \\u2192 500" in first


def test_the_ballot_is_not_fixed_without_its_rule_card(app):
    with pytest.raises(DomainError, match="rule card"):
        services.advance(make.cycle(stage=Stage.REVIEWING).id, Stage.BALLOT_FIXED, by=make.actor(Role.CLERK))


def test_a_rule_card_is_frozen_once(app):
    cycle, clerk = make.cycle(stage=Stage.REVIEWING).id, make.actor(Role.CLERK)
    first = services.freeze_rule_card(cycle, {"rule": "points"}, lot_commitment="00", by=clerk).hash
    assert services.freeze_rule_card(cycle, {"rule": "points"}, lot_commitment="00", by=clerk).hash == first
    with pytest.raises(DomainError, match="never be changed"):
        services.freeze_rule_card(cycle, {"rule": "shared-budget"}, lot_commitment="00", by=clerk)


def test_the_database_itself_refuses_to_alter_a_rule_card(app):
    cycle, clerk = make.cycle(stage=Stage.REVIEWING).id, make.actor(Role.CLERK)
    services.freeze_rule_card(cycle, {}, lot_commitment="00", by=clerk)
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(sa.update(RuleCard).values(content="other"))


@pytest.mark.parametrize("stage", [s for s in Stage if s is not Stage.REVIEWING])
def test_a_rule_card_is_frozen_when_the_review_is_done(app, stage):
    with pytest.raises(DomainError, match="when the review is done"):
        services.freeze_rule_card(make.cycle(stage=stage).id, {}, lot_commitment="0", by=make.actor(Role.CLERK))


def test_the_wrong_phase_says_what_is_on_until_when_and_what_is_possible(app):
    facts = queries.facts(make.cycle(stage=Stage.VOTING).id)
    with pytest.raises(services.WrongPhase) as refusal:
        services.ensure_phase(facts, PhaseKind.COLLECTING)
    assert "Now on: Voting, from" in refusal.value.message and "Residents can vote now." in refusal.value.message
    assert refusal.value.next_step.url == f"/cycles/{facts.id}"


def test_dates_do_not_open_what_the_clerk_has_not(app):
    cycle = make.cycle(stage=Stage.VOTING).id
    with transaction():
        db.session.get(Cycle, cycle).stage = Stage.BALLOT_FIXED
    with pytest.raises(services.WrongPhase, match="has not opened this step yet"):
        services.ensure_phase(queries.facts(cycle), PhaseKind.VOTING)


def test_drafts_are_found_only_by_those_who_ask_for_them(app):
    cycle = make.cycle(stage=Stage.DRAFT)
    with pytest.raises(NotFound):
        queries.facts(cycle.id)
    assert queries.public_cycles() == [] and queries.facts(cycle.id, drafts=True).id == cycle.id
