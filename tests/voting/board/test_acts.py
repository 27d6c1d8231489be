"""T40 on acts that let people in or red sums pass: no wrong way of agreeing does it, and each try is logged."""

import inspect
import json

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import db
from app.voting.board import services
from app.voting.board.rules import ActKind, Ending, WhyNot
from app.voting.board.services import NotTaken
from tests.voting.ballots.test_races import at_once
from tests.voting.board.acts import PREPARED, WRONGS, asked_for, same_person
from tests.voting.board.sat import refusals, refused

LETS_IN = "acts that let somebody in or a red sum pass"
ACTS = pytest.mark.parametrize("kind", PREPARED)


def said(kind):
    """What the audit log says of such entries, oldest first."""
    query = sa.select(AuditEntry.body).where(AuditEntry.kind == kind).order_by(AuditEntry.sequence)
    return [json.loads(body)["facts"] for body in db.session.scalars(query)]


@ACTS
def test_no_wrong_way_of_agreeing_does_it_and_the_right_one_does(app, kind, figure):
    of = asked_for(kind)
    for wrong, reason in WRONGS.items():
        with wrong(of) as who:
            assert refused(lambda who=who: of.agree(who), of, who) is reason, wrong.__name__
    assert len(refusals()) == len(WRONGS) and of.ending is None
    of.agree()
    assert of.is_done and of.ending is Ending.EXECUTED
    told = said("ActApproved")[-1]
    assert (told["actor_id"], told["requester_id"], told["kind"]) == (of.second.id, of.first.id, kind.value)
    ways = f"{len(WRONGS)} wrong ways, {len(PREPARED)} acts"
    figure("T40", LETS_IN, size=ways, figure="0 executed, each refused try in the audit log")


@ACTS
def test_what_would_be_another_act_by_now_is_not_done(app, kind):
    of = asked_for(kind)
    of.changes()
    assert refused(of.agree, of, of.second) is WhyNot.CHANGED


@ACTS
def test_two_who_agree_at_once_do_it_once(app, kind):
    of = asked_for(kind)
    seen = of.seen
    db.session.rollback()
    failures = at_once(app, [lambda: services.approve(of.id, seen, by=of.second)] * 4)
    assert [failure.reason in (WhyNot.ENDED, WhyNot.CHANGED) for failure in failures] == [True] * 3
    assert of.is_done and len(said("ActApproved")) == len({each["action_id"] for each in said("ActApproved")})


@ACTS
def test_a_verb_that_keeps_its_approval_is_noticed(app, kind, monkeypatch):
    """The twin: with `take` away the act would be done again and again with one approval."""
    of = asked_for(kind)
    act = services._act(kind)
    monkeypatch.setitem(act.run.__globals__, "take", lambda approval: None)
    with pytest.raises(NotTaken):
        of.agree()


def test_every_act_says_what_is_agreed_and_its_verb_takes_the_approval_in_its_transaction(app):
    acts = app.extensions["board_acts"]
    assert set(acts) == set(ActKind)
    for kind, act in acts.items():
        verb = inspect.getsource(act.run)
        assert verb.count("take(approval)") == 1, kind
        assert verb.index("with transaction()") < verb.index("take(approval)"), kind


def test_a_rule_that_lets_everybody_agree_is_noticed(app, monkeypatch, figure):
    """The twin: with the rule away, whoever asked and has a second account does it alone."""
    kind = next(iter(PREPARED))
    of = asked_for(kind)
    monkeypatch.setattr(services, "why_not_approve", lambda *_args, **_more: None)
    with same_person(of) as who, pytest.raises(AssertionError, match="CHANGED"):
        assert refused(lambda: of.agree(who), of, who) is WhyNot.SAME_PERSON
    of.agree(seen="")
    assert of.is_done
    figure("T40", LETS_IN, twin="without the rule: done with a hash nobody read")
