"""T40: what two members agree on happens when two of them do, never otherwise; each refused try is in the log."""

import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.accounts.models import Person, RoleGrant
from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db, transaction
from app.cycles.models import Cycle
from app.proposals.models import Proposal
from app.proposals.rules import Stage as ProposalStage
from app.voting.board import queries, rules, services
from app.voting.board.models import BoardMember, PendingAction
from app.voting.board.rules import LIFE, ActKind, Ending, Part, WhyNot
from app.voting.board.services import MayNot, NotTaken
from app.voting.fixing import services as fixing
from app.voting.models import Vote
from tests import make
from tests.voting.ballots.test_races import at_once
from tests.voting.board.sat import asked, change, earlier, member, refused


def test_what_two_members_agree_on_happens_and_both_stand_in_the_log(app):
    request = asked()
    assert not request.is_done
    request.agree()
    assert request.is_done and request.ending is Ending.EXECUTED
    kinds = db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)).all()
    assert kinds.index("ActRequested") < kinds.index("ActApproved") < kinds.index("BallotFixed")


def test_the_same_person_does_not_agree_with_themselves(app):
    request = asked()
    assert refused(lambda: request.agree(request.first), request, request.first) is WhyNot.SAME_PERSON


def test_a_second_account_with_the_same_mailbox_is_the_same_person(app):
    request = asked()
    first = db.session.get_one(Person, request.first.id).email
    change(Person, Person.id == request.second.id, email=first.replace("@", "+2@"))
    reason = refused(request.agree, request, request.second)
    assert reason is WhyNot.SAME_PERSON


def test_a_request_expires_after_a_day(app):
    request = asked()
    change(PendingAction, PendingAction.id == request.id, requested_at=earlier(hours=25), expires_at=earlier(hours=1))
    assert refused(request.agree, request, request.second) is WhyNot.EXPIRED
    assert LIFE.total_seconds() == 24 * 3600


def test_a_request_that_has_expired_is_closed_by_the_next_one(app):
    request = asked()
    change(PendingAction, PendingAction.id == request.id, requested_at=earlier(hours=25), expires_at=earlier(hours=1))
    again = services.request(request.cycle_id, ActKind.FIX, {}, by=request.first)
    assert again != request.id and request.ending is Ending.EXPIRED


@pytest.mark.parametrize(
    "change_it",
    [
        lambda of: change(Cycle, Cycle.id == of.cycle_id, pot_cents=90_000_00),
        lambda of: change(Cycle, Cycle.id == of.cycle_id, max_ranks=3),
        lambda of: change(Proposal, Proposal.cycle_id == of.cycle_id, cost_cents=1_00),
        lambda of: change(Proposal, Proposal.cycle_id == of.cycle_id, title="Another promise"),
        lambda of: change(BoardMember, member(of.observer), part=Part.RUNS),
        lambda of: make.proposal(stage=ProposalStage.FEASIBLE, within=db.session.get_one(Cycle, of.cycle_id)),
    ],
    ids=["pot", "ranks", "cost", "title", "board", "another option"],
)
def test_what_has_changed_since_it_was_asked_for_is_not_done(app, change_it):
    request = asked()
    change_it(request)
    assert refused(request.agree, request, request.second) is WhyNot.CHANGED


def test_what_can_no_longer_be_done_is_not_done(app):
    request = asked()
    change(Proposal, Proposal.cycle_id == request.cycle_id, cost_cents=900_000_00)
    assert refused(request.agree, request, request.second) is WhyNot.CHANGED


def test_the_hash_of_another_page_is_no_agreement(app):
    request, other = asked(), asked()
    assert refused(lambda: request.agree(seen=other.seen), request, request.second) is WhyNot.CHANGED


def test_a_payload_changed_in_the_database_is_not_done(app):
    request = asked()
    payload = db.session.get_one(PendingAction, request.id).payload
    change(PendingAction, PendingAction.id == request.id, payload=payload.replace('"max_ranks":5', '"max_ranks":9'))
    assert refused(request.agree, request, request.second) is WhyNot.CHANGED


@pytest.mark.parametrize("hours", [0, 23.9])
def test_a_member_named_less_than_a_day_ago_waits(app, hours):
    request = asked()
    change(BoardMember, member(request.second), named_at=earlier(hours=hours))
    assert refused(request.agree, request, request.second) is WhyNot.NEW_MEMBER


def test_a_role_given_less_than_a_day_ago_waits_and_after_a_day_does_not(app):
    request = asked()
    change(RoleGrant, RoleGrant.person_id == request.second.id, granted_at=earlier(hours=23.9))
    assert refused(request.agree, request, request.second) is WhyNot.NEW_MEMBER
    change(RoleGrant, RoleGrant.person_id == request.second.id, granted_at=earlier(hours=24.1))
    request.agree()
    assert request.is_done


@pytest.mark.parametrize("role_ends", ["ended_at", "ends_on"])
def test_whoever_has_lost_their_role_has_lost_their_part(app, role_ends):
    request = asked()
    ended = {
        "ended_at": {"ended_at": earlier(hours=1), "ended_by_id": request.first.id},
        "ends_on": {"ends_on": earlier(days=2).date()},
    }
    change(RoleGrant, RoleGrant.person_id == request.second.id, **ended[role_ends])
    db.session.expire_all()
    without = make.board_of(request.cycle_id)[1]
    assert refused(lambda: request.agree(without), request, without) is WhyNot.NOT_RUNNING


def test_a_part_rests_on_its_own_role_and_on_no_other(app):
    """A clerk who has become an observer no longer runs the vote."""
    request = asked()
    change(RoleGrant, RoleGrant.person_id == request.second.id, role=Role.OBSERVER)
    db.session.expire_all()
    observer = make.board_of(request.cycle_id)[1]
    assert refused(lambda: request.agree(observer), request, observer) is WhyNot.NOT_RUNNING


@pytest.mark.parametrize("minutes", [None, 10.1, 60])
def test_whoever_has_not_just_confirmed_who_they_are_neither_agrees_nor_asks(app, minutes):
    request = asked()
    confirmed_at = None if minutes is None else earlier(minutes=minutes)
    stale = replace(request.second, confirmed_at=confirmed_at)
    assert refused(lambda: request.agree(stale), request, stale) is WhyNot.NOT_FRESH
    with pytest.raises(MayNot) as refusal:
        services.request(request.cycle_id, ActKind.FIX, {}, by=stale)
    assert refusal.value.reason is WhyNot.NOT_FRESH


def test_an_observer_does_not_agree(app):
    request = asked()
    assert refused(lambda: request.agree(request.observer), request, request.observer) is WhyNot.NOT_RUNNING


@pytest.mark.parametrize("role", Role)
def test_nobody_from_outside_the_board_agrees(app, role):
    request, anybody = asked(), make.actor(role)
    assert refused(lambda: request.agree(anybody), request, anybody) is WhyNot.NOT_RUNNING


@pytest.mark.parametrize(("by", "ending"), [("first", Ending.WITHDRAWN), ("second", Ending.DECLINED)])
def test_what_was_withdrawn_or_declined_is_not_agreed_with_afterwards(app, by, ending):
    request = asked()
    assert services.end(request.id, by=getattr(request, by)) is ending
    assert refused(request.agree, request, request.second) is WhyNot.ENDED
    assert request.ending is ending


def test_an_observer_ends_no_request(app):
    request = asked()
    with pytest.raises(MayNot):
        services.end(request.id, by=request.observer)
    assert request.ending is None


def test_the_same_act_asked_for_twice_is_one_request(app):
    request = asked()
    assert services.request(request.cycle_id, ActKind.FIX, {}, by=request.second) == request.id


@pytest.mark.parametrize("again", range(2))
def test_two_members_agreeing_at_once_do_it_once(app, again):
    request = asked()
    third = make.person(roles=(Role.CLERK,))
    with transaction():
        facts = {"cycle_id": request.cycle_id, "named_at": earlier(days=2)}
        db.session.add(BoardMember(person_id=third.id, part=Part.RUNS, **facts))
    services.end(request.id, by=request.first)
    anew = services.request(request.cycle_id, ActKind.FIX, {}, by=request.first)
    seen = queries.action(request.cycle_id, anew.hex()).hash
    people = [request.second, make.fresh(actor_of(db.session.get_one(Person, third.id)))] * 2
    db.session.rollback()
    failures = at_once(app, [lambda who=who: services.approve(anew, seen, by=who) for who in people])
    assert [failure.reason in (WhyNot.ENDED, WhyNot.CHANGED) for failure in failures] == [True] * 3
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Vote)) == 1
    done = sa.select(sa.func.count()).select_from(AuditEntry).where(AuditEntry.kind == "ActApproved")
    assert db.session.scalar(done) == 1


def test_the_race_is_noticed_where_the_request_is_not_held(app, monkeypatch):
    """The twin: without the lock both read a request that waits, and both do it."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite lets one writer in at a time whatever the code does")
    request, both, done = asked(), threading.Barrier(2, timeout=20), []
    act = services._act(ActKind.FIX)

    def read(kind, key):
        row = db.session.get(kind, key, populate_existing=True)
        both.wait()
        return row

    def run(approval):
        with transaction():
            services.take(approval)
            done.append(approval)

    monkeypatch.setattr(services, "locked", read)
    acts = {ActKind.FIX: services.Act(payload=act.payload, run=run)}
    monkeypatch.setitem(app.extensions, "board_acts", acts)
    seen = request.seen
    db.session.rollback()
    at_once(app, [lambda: services.approve(request.id, seen, by=request.second)] * 2)
    assert len(done) == 2


@pytest.mark.parametrize("how", ["insert", "update"])
def test_the_database_refuses_one_person_in_both_places(app, how):
    request = asked()
    both = {"approver_id": request.first.id, "ending": Ending.EXECUTED, "ended_at": earlier()}
    with pytest.raises(sa.exc.IntegrityError, match="two_persons"):
        if how == "update":
            change(PendingAction, PendingAction.id == request.id, **both)
        else:
            facts = {"cycle_id": request.cycle_id, "kind": ActKind.FIX, "payload": "{}", "payload_hash": "0" * 64}
            days = {"requested_at": earlier(hours=1), "expires_at": earlier(hours=-1)}
            with transaction():
                db.session.add(PendingAction(requester_id=request.first.id, **facts, **days, **both))


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"ending": Ending.EXECUTED, "ended_at": earlier()}, "executed_by_approval"),
        ({"ending": Ending.DECLINED}, "ended_at_a_time"),
        ({"expires_at": earlier(days=9)}, "expires_later"),
    ],
)
def test_the_database_refuses_a_request_that_tells_half(app, values, constraint):
    request = asked()
    with pytest.raises(sa.exc.IntegrityError, match=constraint):
        change(PendingAction, PendingAction.id == request.id, **values)


@pytest.mark.parametrize("breaks", [KeyboardInterrupt, RuntimeError])
def test_an_act_that_breaks_off_leaves_its_request_waiting(app, monkeypatch, breaks):
    request = asked()

    def die(*_args, **_more):
        raise breaks

    with monkeypatch.context() as killed:
        killed.setattr(fixing.cycles, "advance", die)
        with pytest.raises(breaks):
            request.agree()
    assert request.ending is None and not request.is_done
    request.agree()
    assert request.is_done


def test_an_approval_that_committed_on_its_own_is_noticed(app, monkeypatch):
    """The twin: had the approval been committed before the act, the request would be gone and nothing done."""
    request = asked()

    def die(*_args, **_more):
        db.session.commit()
        raise KeyboardInterrupt

    monkeypatch.setattr(fixing, "_fixed", die)
    with pytest.raises(KeyboardInterrupt):
        request.agree()
    assert request.ending is Ending.EXECUTED and not request.is_done


def test_a_verb_that_does_not_take_its_approval_is_noticed(app, monkeypatch):
    request = asked()
    monkeypatch.setattr(fixing, "take", lambda approval: None)
    with pytest.raises(NotTaken):
        request.agree()


def test_what_changes_between_reading_and_doing_is_not_done(app, monkeypatch):
    """The act holds its own transaction against what was agreed: a price changed in the last moment stops it."""
    request = asked()
    draw = fixing._kept_draw

    def late(cycle_id):
        change(Proposal, Proposal.cycle_id == cycle_id, cost_cents=1_00)
        return draw(cycle_id)

    monkeypatch.setattr(fixing, "_kept_draw", late)
    assert refused(request.agree, request, request.second) is WhyNot.CHANGED


def test_a_take_that_does_not_look_again_is_noticed(app, monkeypatch):
    """The twin of the test above."""
    request = asked()
    draw = fixing._kept_draw

    def late(cycle_id):
        change(Proposal, Proposal.cycle_id == cycle_id, cost_cents=1_00)
        monkeypatch.setattr(services, "_hash_now", lambda *_: request.seen)
        return draw(cycle_id)

    monkeypatch.setattr(fixing, "_kept_draw", late)
    with pytest.raises(AssertionError, match="it was done"):
        refused(request.agree, request, request.second)


def test_a_rule_that_lets_the_same_person_agree_is_noticed(app, monkeypatch):
    """The twin: without the rule the constraint of the database still stands in the way."""
    request = asked()
    monkeypatch.setattr(services, "why_not_approve", lambda *_args, **_more: None)
    assert refused(lambda: request.agree(request.first), request, request.first) is WhyNot.CHANGED
    assert rules.OLD_ENOUGH == LIFE
