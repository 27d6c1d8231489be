"""Two proposals that cannot both be done: officers say so in the open, and no ballot is fixed with both."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Grant, Role
from app.core.db import db
from app.core.errors import DomainError
from app.cycles.rules import Stage as CycleStage
from app.proposals import services as verbs
from app.proposals.clashes import policies, queries, services
from app.proposals.clashes.models import Clash
from app.proposals.clashes.rules import WhyNot, ordered, why_not_flag
from app.proposals.clashes.services import FlagClash
from app.proposals.models import Proposal
from app.proposals.rules import Stage, code
from app.voting import queries as votes
from app.voting.board.rules import ActKind
from app.voting.fixing import services as fixing
from tests import make
from tests.proposals.clashes.guard import unguarded

REASON = "Both need the strip beside the school wall."


def pair(phase=CycleStage.REVIEWING, stage=Stage.FEASIBLE):
    cycle = make.cycle(stage=phase)
    return [make.proposal(within=cycle, stage=stage) for _ in range(2)]


def flags(one, other, by, key="k"):
    return services.flag(one.id, FlagClash(other_code=code(2026, other.number), reason=REASON), key=key, by=by)


def flagged(phase=CycleStage.REVIEWING):
    one, other = pair()
    clash_id = flags(one, other, make.actor(Role.OFFICER))
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE cycle SET stage = :stage"), {"stage": phase.value})
    return one, other, clash_id


def done(act):
    try:
        act()
    except DomainError:
        return False
    return True


def people(one):
    others = {role.value: make.actor(role) for role in Role if role is not Role.OFFICER}
    elsewhere = Grant(role=Role.OFFICER, neighborhood_id=make.neighborhood().id)
    others |= {"stranger": make.actor(), "author": actor_of(one.author)}
    others["officer of elsewhere"] = replace(make.actor(), grants=frozenset({elsewhere}))
    return others | {"officer": make.actor(Role.OFFICER)}


@pytest.mark.parametrize("phase", [pytest.param(stage, id=stage.value) for stage in CycleStage][1:])
@pytest.mark.parametrize("verb", ["flag", "lift"])
def test_only_an_officer_flags_and_lifts_and_only_while_proposals_may_change(app, verb, phase):
    one, other, clash_id = (*pair(phase), None) if verb == "flag" else flagged(phase)
    act = {
        "flag": lambda by: flags(one, other, by, key=str(by.id)),
        "lift": lambda by: services.lift(clash_id, "There is room for both.", by=by),
    }[verb]
    may = [name for name, by in people(one).items() if done(lambda by=by: act(by))]
    assert may == (["officer"] if phase in (CycleStage.COLLECTING, CycleStage.REVIEWING) else [])


def test_no_officer_decides_about_their_own(app, monkeypatch):
    officer = make.person(roles=(Role.OFFICER,))
    one = make.proposal(author=officer)
    other = make.proposal(within=one.cycle)
    assert not done(lambda: flags(one, other, actor_of(officer)))
    assert not done(lambda: flags(other, one, actor_of(officer)))
    monkeypatch.setattr(policies, "has_no_stake", lambda *_: True)
    assert done(lambda: flags(one, other, actor_of(officer)))


def test_the_check_notices_when_anybody_may(app, monkeypatch):
    monkeypatch.setattr(services, "is_officer", lambda *_: True)
    assert done(lambda: flags(*pair(), make.actor()))


def test_only_proposals_that_go_on_are_flagged():
    going_on = {Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE}
    for stage in Stage:
        found = why_not_flag(ordered(2, 1), (stage, Stage.FEASIBLE), CycleStage.REVIEWING)
        assert found is (None if stage in going_on else WhyNot.STAGE)
    assert why_not_flag(ordered(1, 1), (Stage.SUBMITTED,), CycleStage.REVIEWING) is WhyNot.ITSELF


def test_a_pair_is_flagged_once_whichever_way_round(app):
    one, other, _clash = flagged()
    with pytest.raises(DomainError, match="flagged already"):
        flags(other, one, make.actor(Role.OFFICER), key="again")


def votable():
    cycle = make.votable_cycle()
    query = sa.select(Proposal).where(Proposal.cycle_id == cycle.id).order_by(Proposal.id)
    one, other, *_more = db.session.scalars(query)
    clash_id = flags(one, other, make.actor(Role.OFFICER))
    return cycle, one, other, clash_id


def test_no_ballot_is_fixed_with_both_and_the_refusal_names_them(app):
    cycle, one, other, _clash = votable()
    with pytest.raises(DomainError) as refusal:
        make.agreed(ActKind.FIX, cycle.id)
    assert refusal.value.code == "incompatible"
    named = [code(2026, one.number), one.title, code(2026, other.number), other.title]
    assert [text for text in named if text not in refusal.value.message] == []


def test_a_flag_after_the_board_was_asked_stops_the_ballot_too(app, monkeypatch):
    cycle, *_pair = votable()
    unsettled = fixing.words.clashes.unsettled
    monkeypatch.setattr(fixing.words.clashes, "unsettled", lambda *_: [])
    asked = dict(fixing.to_fix(cycle.id, {}))
    monkeypatch.setattr(fixing.words.clashes, "unsettled", unsettled)
    assert asked["options"] and not done(lambda: make.agreed(ActKind.FIX, cycle.id))


def test_a_ballot_that_is_fixed_without_asking_is_stopped_by_the_database(app, monkeypatch):
    cycle, *_pair = votable()
    monkeypatch.setattr(fixing.words.clashes, "unsettled", lambda *_: [])
    with pytest.raises(sa.exc.IntegrityError, match="ballot_holds_no_clash"):
        make.agreed(ActKind.FIX, cycle.id)


def test_the_check_notices_a_ballot_that_is_fixed_without_asking_and_without_the_trigger(app, monkeypatch):
    cycle, *_pair = votable()
    monkeypatch.setattr(fixing.words.clashes, "unsettled", lambda *_: [])
    with unguarded():
        assert len(votes.options(make.agreed(ActKind.FIX, cycle.id).id)) == 4


@pytest.mark.parametrize("how", ["lifted", "withdrawn"])
def test_once_it_is_settled_the_ballot_is_fixed(app, how):
    cycle, one, _other, clash_id = votable()
    if how == "lifted":
        services.lift(clash_id, "There is room for both after all.", by=make.actor(Role.OFFICER))
    else:
        verbs.withdraw(one.id, by=actor_of(one.author))
    assert queries.clash(clash_id).is_settled
    assert len(votes.options(make.agreed(ActKind.FIX, cycle.id).id)) == (4 if how == "lifted" else 3)


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [({"first_id": Clash.second_id}, "one_row_a_pair"), ({"lifted_reason": "x"}, "lifted_with_reason")],
)
def test_the_schema_holds_a_pair_together(app, broken, constraint):
    flagged()
    with pytest.raises(sa.exc.IntegrityError, match=constraint), db.engine.begin() as connection:
        connection.execute(sa.update(Clash).values(**broken))


def test_each_verb_is_one_event_without_anybody_s_words(app):
    _one, _other, clash_id = flagged()
    services.lift(clash_id, "Canary of an officer, who looked again.", by=make.actor(Role.OFFICER))
    assert list(db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence))) == [
        "ClashFlagged",
        "ClashLifted",
    ]
    bodies = "".join(db.session.scalars(sa.select(AuditEntry.body)))
    assert "Canary" not in bodies and "school wall" not in bodies
