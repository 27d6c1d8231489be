"""A support stays where it was given until its giver moves it to the joint proposal themselves."""

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.clock import now
from app.core.db import db, transaction
from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage, WhyShut, why_shut
from app.proposals.supports import services
from app.proposals.supports.models import Support
from tests import make
from tests.browser import Browser
from tests.proposals.discussion.talk import outcome


def joined(phase=CycleStage.COLLECTING, **into):
    """A proposal that is part of another, with one supporter."""
    cycle = make.cycle(stage=phase)
    joint = make.proposal(within=cycle, **into)
    part = make.proposal(within=cycle, stage=Stage.MERGED, merged_into_id=joint.id)
    ada = make.person(resident_of=cycle.neighborhood)
    with transaction():
        db.session.add(Support(proposal_id=part.id, person_id=ada.id, supported_at=now()))
    return part, joint, ada


def supported_by(who):
    db.session.rollback()
    return db.session.scalars(sa.select(Support.proposal_id).where(Support.person_id == who.id)).all()


def moves():
    return db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.kind == "SupportMoved"))


@pytest.mark.parametrize("phase", list(CycleStage))
def test_what_is_part_of_another_is_not_supported_by_itself(phase):
    reason = why_shut(is_sent=True, stage=Stage.MERGED, cycle_stage=phase)
    is_open = phase in (CycleStage.COLLECTING, CycleStage.REVIEWING)
    assert reason is (WhyShut.JOINED if is_open else WhyShut.BALLOT_FIXED)


def test_a_resident_moves_their_support_once(app):
    part, joint, ada = joined()
    page = Browser(app).sign_in(ada).open(f"/proposals/{part.id}")
    assert supported_by(ada) == [part.id] and "Your support was not moved" in page.text
    there = page.press("Support the joint proposal instead")
    assert there.path.startswith(f"/proposals/{joint.id}") and "You support it." in there.text
    assert (supported_by(ada), moves()) == ([joint.id], 1)


def test_whoever_supports_both_keeps_one(app):
    part, joint, ada = joined()
    services.support(joint.id, by=make.fresh(make.actor_for(ada)))
    for _ in range(2):
        services.support_instead(part.id, by=make.actor_for(ada))
    assert (supported_by(ada), moves()) == ([joint.id], 1)


def test_it_goes_to_where_everything_was_joined_in_the_end(app):
    part, joint, ada = joined(stage=Stage.MERGED)
    services.support_instead(part.id, by=make.actor_for(ada))
    assert supported_by(ada) == [joint.merged_into_id]


@pytest.mark.parametrize(
    ("phase", "into", "refusal"),
    [
        (CycleStage.COLLECTING, Stage.WITHDRAWN, "withdrawn"),
        (CycleStage.VOTING, Stage.ON_BALLOT, "ballot_fixed"),
    ],
)
def test_it_stays_where_the_joint_one_takes_none(app, phase, into, refusal):
    part, _joint, ada = joined(phase, stage=into)
    assert outcome(services.support_instead, part.id, by=make.actor_for(ada)) == refusal
    assert supported_by(ada) == [part.id]


def test_nothing_is_moved_from_what_was_not_joined(app):
    _part, joint, ada = joined()
    assert outcome(services.support_instead, joint.id, by=make.actor_for(ada)) == "not_joined"


def test_somebody_without_a_support_to_move_gives_none(app):
    part, _joint, _ada = joined()
    ben = make.person(resident_of=part.cycle.neighborhood)
    services.support_instead(part.id, by=make.actor_for(ben))
    assert supported_by(ben) == [] and moves() == 0


def test_a_support_of_a_joined_one_can_be_taken_back(app):
    part, _joint, ada = joined()
    services.take_back(part.id, by=make.actor_for(ada))
    assert supported_by(ada) == []
