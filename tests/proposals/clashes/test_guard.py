"""Both of a clash never stand on the ballot, whoever writes: the database refuses it from either side."""

import threading

import pytest
import sqlalchemy as sa

from app.core.clock import now
from app.core.db import db
from app.notifications.models import Message
from app.notifications.rules import MailKind
from app.proposals.clashes.models import Clash
from app.proposals.models import Proposal
from app.proposals.rules import BALLOTED, Stage
from tests import make
from tests.proposals.clashes.guard import unguarded
from tests.proposals.clashes.test_clashes import REASON, flagged, pair

REFUSED = pytest.raises(sa.exc.IntegrityError, match="ballot_holds_no_clash")


def written(*statements):
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def to(stage, *proposals):
    ids = [each.id for each in proposals]
    return sa.update(Proposal).where(Proposal.id.in_(ids)).values(stage=stage)


def a_clash(one, other):
    told = {"cycle_id": one.cycle_id, "first_id": one.id, "second_id": other.id, "reason": REASON}
    return sa.insert(Clash).values(**told, flagged_by_id=one.author_id, flagged_at=now())


@pytest.mark.parametrize("stage", sorted(BALLOTED))
def test_the_second_of_a_pair_does_not_reach_the_ballot(app, stage):
    one, other, _clash = flagged()
    written(to(Stage.ON_BALLOT, one))
    with REFUSED:
        written(to(stage, other))


def test_nor_do_both_in_one_statement(app):
    one, other, _clash = flagged()
    with REFUSED:
        written(to(Stage.ON_BALLOT, one, other))


def test_two_options_are_not_flagged_afterwards(app):
    one, other = pair(stage=Stage.ON_BALLOT)
    with REFUSED:
        written(a_clash(one, other))


def test_a_lifted_flag_does_not_come_back_over_two_options(app):
    one, other, _clash = flagged()
    lifted = sa.update(Clash).values(lifted_at=now(), lifted_reason="x", lifted_by_id=one.author_id)
    written(lifted, to(Stage.ON_BALLOT, one, other))
    with REFUSED:
        written(sa.update(Clash).values(lifted_at=None, lifted_reason=None, lifted_by_id=None))


def test_other_moves_of_the_two_are_free(app):
    one, other, _clash = flagged()
    third = make.proposal(within=one.cycle, stage=Stage.FEASIBLE)
    written(to(Stage.ON_BALLOT, one, third), to(Stage.NOT_FEASIBLE, other), to(Stage.FUNDED, one, third))
    db.session.rollback()
    assert (one.stage, other.stage, third.stage) == (Stage.FUNDED, Stage.NOT_FEASIBLE, Stage.FUNDED)


@pytest.mark.parametrize("how", ["one by one", "at once", "flagged late"])
def test_the_checks_notice_when_no_trigger_watches(app, how):
    one, other = pair() if how == "flagged late" else flagged()[:2]
    acts = {  # made before the triggers go, because a reading session would keep their tables
        "one by one": [to(Stage.ON_BALLOT, one), to(Stage.ON_BALLOT, other)],
        "at once": [to(Stage.ON_BALLOT, one, other)],
        "flagged late": [to(Stage.ON_BALLOT, one, other), a_clash(one, other)],
    }
    with unguarded():
        written(*acts[how])
    db.session.rollback()
    count = sa.select(sa.func.count()).select_from(Proposal).where(Proposal.stage == Stage.ON_BALLOT)
    assert db.session.scalar(count) == 2


def test_two_writers_at_once_do_not_get_past_it(app):
    one, other, _clash = flagged()
    moves = [to(Stage.ON_BALLOT, each) for each in (one, other)]
    db.session.rollback()
    first_is_in, refused = threading.Event(), []

    def second() -> None:
        first_is_in.wait(5)
        try:
            with app.app_context():
                written(moves[1])
        except sa.exc.IntegrityError as error:
            refused.append(str(error))

    racing = threading.Thread(target=second)
    with db.engine.begin() as connection:
        connection.execute(moves[0])
        racing.start()
        first_is_in.set()
        racing.join(0.3)
    racing.join(10)
    assert len(refused) == 1 and "ballot_holds_no_clash" in refused[0]


def test_both_authors_are_told_once_with_the_reason(app, mailbox):
    one, other, _clash = flagged()
    told = sa.select(Message.person_id).where(Message.kind == MailKind.CLASH_FLAGGED).order_by(Message.id)
    assert list(db.session.scalars(told)) == [one.author_id, other.author_id]
    mails = {mail.to[0]: mail for mail in mailbox.all()}
    assert set(mails) == {one.author.email, other.author.email}
    assert all(REASON in mail.body and one.title in mail.body for mail in mails.values())
