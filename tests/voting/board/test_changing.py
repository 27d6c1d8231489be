"""A board changes while its vote is under way: who may change it, what is left of it, and what becomes of requests."""

from functools import partial

import pytest
import sqlalchemy as sa

from app.accounts.models import RoleGrant
from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.notifications.models import Message
from app.voting.board import queries, services
from app.voting.board.changes import services as changing
from app.voting.board.changes.queries import changes
from app.voting.board.models import BoardChange, BoardMember, PendingAction
from app.voting.board.rules import ActKind, Ending, Part, WhyNot
from app.voting.board.services import MayNot
from tests import make
from tests.browser import Browser
from tests.voting.ballots.test_races import at_once
from tests.voting.board.sat import change, earlier, member
from tests.voting.results import board
from tests.voting.together import table

REASON = "She has fallen ill and cannot go on."


@pytest.fixture
def vote(app):
    """A vote that could open, with two clerks and an observer on its board."""
    home = make.neighborhood()
    make.electorate(home, 1)
    return make.fixed_vote(where=home)


def third(role=Role.CLERK):
    return make.person(roles=(role,))


def replace(cycle_id, leaves, joins=None, *, by, **more):
    """Two people change the board: the one asks, the other agrees."""
    first, second = by
    answers = {"leaves": leaves.id, "joins": joins.id if joins else 0, "reason": REASON} | more
    asked = services.request(cycle_id, ActKind.REPLACE_MEMBER, answers, by=first)
    return services.approve(asked, queries.action(cycle_id, asked.hex()).hash, by=second)


def on_board(cycle_id):
    db.session.rollback()
    return {(each.person_id, each.part) for each in queries.members(cycle_id)}


def why_not(act):
    with pytest.raises(DomainError) as refusal:
        act()
    db.session.rollback()
    return refusal.value.code


def test_one_who_runs_it_and_its_observer_replace_a_clerk_who_is_ill(vote):
    cycle_id = vote.cycle_id
    first, second, observer = make.board_of(cycle_id)
    joins = third()
    replace(cycle_id, second, joins, by=(first, observer))
    assert on_board(cycle_id) == {(first.id, Part.RUNS), (joins.id, Part.RUNS), (observer.id, Part.OBSERVES)}
    (told,) = changes(cycle_id)
    assert (told.leaver, told.joiner, told.reason) == (make.account(second).public_name, joins.public_name, REASON)
    kinds = db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)).all()
    assert kinds.index("ActApproved") < kinds.index("MemberReplaced")


def test_the_observer_may_ask_and_the_other_agree(vote):
    first, second, observer = make.board_of(vote.cycle_id)
    replace(vote.cycle_id, second, third(), by=(observer, first))
    assert (second.id, Part.RUNS) not in on_board(vote.cycle_id)


def test_the_observer_is_not_put_out_by_those_they_observe(vote):
    first, second, observer = make.board_of(vote.cycle_id)
    joins = third(Role.OBSERVER)
    assert why_not(lambda: replace(vote.cycle_id, observer, joins, by=(first, second))) == "observer_missing"
    assert (observer.id, Part.OBSERVES) in on_board(vote.cycle_id)
    replace(vote.cycle_id, observer, joins, by=(second, observer))
    assert (joins.id, Part.OBSERVES) in on_board(vote.cycle_id)


def test_an_observer_whose_role_has_ended_is_replaced_by_those_who_run_it(vote):
    first, second, observer = make.board_of(vote.cycle_id)
    ended = {"ended_at": earlier(hours=1), "ended_by_id": first.id}
    change(RoleGrant, RoleGrant.person_id == observer.id, **ended)
    joins = third(Role.OBSERVER)
    replace(vote.cycle_id, observer, joins, by=(first, second))
    assert (joins.id, Part.OBSERVES) in on_board(vote.cycle_id)


def test_two_observers_do_not_change_who_runs_a_vote(vote):
    first, _second, observer = make.board_of(vote.cycle_id)
    more = third(Role.OBSERVER)
    facts = {"cycle_id": vote.cycle_id, "part": Part.OBSERVES, "named_at": earlier(days=2)}
    with transaction():
        db.session.add(BoardMember(person_id=more.id, **facts))
    both = (observer, make.fresh(actor_of(more)))
    assert why_not(lambda: replace(vote.cycle_id, first, third(), by=both)) == "nobody_runs"


LEAVES = {
    "too few": (lambda b: b[1], lambda: None, {}, "too_few"),
    "no observer": (lambda b: b[2], lambda: None, {}, "no_observer"),
    "an officer": (lambda b: b[1], lambda: third(Role.OFFICER), {}, "stranger"),
    "an observer to run it": (lambda b: b[1], lambda: third(Role.OBSERVER), {}, "stranger"),
    "a clerk to observe": (lambda b: b[2], third, {}, "stranger"),
    "nobody's address": (lambda b: b[1], lambda: None, {"community_email": "nobody@example.org"}, "no_resident"),
    "no reason": (lambda b: b[1], third, {"reason": "Ill."}, "no_reason"),
}


def test_what_would_be_no_board_is_refused_and_nobody_leaves(vote):
    people, cycle_id = make.board_of(vote.cycle_id), vote.cycle_id
    before, wrong = on_board(cycle_id), {}
    for case, (leaves, joins, more, refused) in LEAVES.items():
        asked = partial(replace, cycle_id, leaves(people), joins(), by=people[:2], **more)
        found = why_not(asked)
        wrong |= {case: found} if found != refused else {}
    assert wrong == {} and on_board(cycle_id) == before


def test_nobody_comes_who_is_there_or_looks_like_somebody_who_is(vote):
    first, second, observer = make.board_of(vote.cycle_id)
    twin = make.person(roles=(Role.CLERK,), public_name=make.account(first).public_name.upper())
    assert why_not(lambda: replace(vote.cycle_id, second, first, by=(first, observer))) == "there"
    assert why_not(lambda: replace(vote.cycle_id, second, twin, by=(first, observer))) == "one_name"
    assert why_not(lambda: replace(vote.cycle_id, twin, third(), by=(first, observer))) == "no_member"


def test_one_resident_runs_a_vote_and_no_second_one(vote):
    first, second, observer = make.board_of(vote.cycle_id)
    ada, ben = (make.person(resident_of=vote.cycle.neighborhood) for _ in range(2))
    emails = [ada.email, ben.email]
    replace(vote.cycle_id, second, by=(first, observer), community_email=emails[0])
    assert (ada.id, Part.RUNS) in on_board(vote.cycle_id)
    by = (first, observer)
    assert why_not(lambda: replace(vote.cycle_id, first, by=by, community_email=emails[1])) in ("no_clerk", "residents")


def test_what_the_leaver_asked_for_is_void_and_nobody_can_agree_with_it(vote):
    first, second, observer = make.board_of(vote.cycle_id)
    old = services.request(vote.cycle_id, ActKind.OPEN, {}, by=second)
    replace(vote.cycle_id, second, third(), by=(first, observer))
    assert queries.action(vote.cycle_id, old.hex()).ending is Ending.VOIDED
    seen = queries.action(vote.cycle_id, old.hex()).hash
    assert why_not(lambda: services.approve(old, seen, by=first)) == WhyNot.ENDED
    assert why_not(lambda: services.request(vote.cycle_id, ActKind.OPEN, {}, by=second)) == WhyNot.NOT_RUNNING


def test_a_request_whose_asker_has_lost_their_role_is_not_agreed_with(vote):
    first, second, _observer = make.board_of(vote.cycle_id)
    old = services.request(vote.cycle_id, ActKind.OPEN, {}, by=second)
    ended = {"ended_at": earlier(hours=1), "ended_by_id": first.id}
    change(RoleGrant, RoleGrant.person_id == second.id, **ended)
    seen = queries.action(vote.cycle_id, old.hex()).hash
    assert why_not(lambda: services.approve(old, seen, by=first)) == WhyNot.REQUESTER_LEFT


@pytest.mark.parametrize("leaves", ["first", "second"])
def test_whoever_leaves_between_reading_and_doing_brings_nothing_about(vote, monkeypatch, leaves):
    """`take` looks at the board once more, with its rows held: an approval in flight does not outlive a part."""
    first, second, _observer = make.board_of(vote.cycle_id)
    asked = services.request(vote.cycle_id, ActKind.OPEN, {}, by=first)
    seen, gone = queries.action(vote.cycle_id, asked.hex()).hash, {"first": first, "second": second}[leaves]

    def late(*_args, **_more):
        with transaction():
            db.session.execute(sa.delete(BoardMember).where(member(gone)))

    monkeypatch.setattr(services, "why_not_approve", late)
    with pytest.raises(MayNot) as refusal:
        services.approve(asked, seen, by=second)
    assert refusal.value.reason is (WhyNot.REQUESTER_LEFT if leaves == "first" else WhyNot.NOT_RUNNING)


def test_a_take_that_does_not_look_at_the_board_is_noticed(vote, monkeypatch):
    """The twin: without that look, the vote opens with the approval of somebody who is on no board."""
    first, second, _observer = make.board_of(vote.cycle_id)
    asked = services.request(vote.cycle_id, ActKind.OPEN, {}, by=first)
    seen = queries.action(vote.cycle_id, asked.hex()).hash
    change(BoardMember, member(second), cycle_id=make.cycle().id)
    monkeypatch.setattr(services, "why_not_approve", lambda *_args, **_more: None)
    monkeypatch.setattr(services, "_ensure_still_members", lambda *_: None)
    assert services.approve(asked, seen, by=second).stage == "open"


def test_whoever_comes_asks_at_once_and_agrees_after_a_day(vote):
    first, second, observer = make.board_of(vote.cycle_id)
    joins = third()
    replace(vote.cycle_id, second, joins, by=(first, observer))
    new = make.fresh(actor_of(joins))
    asked = services.request(vote.cycle_id, ActKind.OPEN, {}, by=first)
    seen = queries.action(vote.cycle_id, asked.hex()).hash
    assert why_not(lambda: services.approve(asked, seen, by=new)) == WhyNot.NEW_MEMBER
    change(BoardMember, member(new), named_at=earlier(days=2))
    assert services.approve(asked, seen, by=new).stage == "open"


def test_before_the_fixing_and_after_the_destruction_nobody_is_replaced(app):
    early, late = make.votable_cycle().id, board.destroyed([(1,)]).cycle_id
    for cycle_id, refused in ((early, NotFound), (late, DomainError)):
        first, second, observer = make.board_of(cycle_id)
        with pytest.raises(refused):
            replace(cycle_id, second, third(), by=(first, observer))
        db.session.rollback()


BAD_CHANGES = {
    (0, 1, 2, 2): "two_persons_change_the_board",
    (0, 0, 1, 2): "joiner_is_another",
    (0, 1, 1, 2): "nobody_lets_themselves_in",
    (0, 1, 2, 1): "nobody_lets_themselves_in",
}


def test_the_database_refuses_a_change_by_fewer(vote):
    people = [each.id for each in make.board_of(vote.cycle_id)]
    names = ("leaver_id", "joiner_id", "requester_id", "approver_id")
    facts = {"cycle_id": vote.cycle_id, "number": 1, "part": Part.RUNS, "reason": REASON, "changed_at": earlier()}
    for roles, constraint in BAD_CHANGES.items():
        row = {name: people[at] for name, at in zip(names, roles, strict=True)}
        with pytest.raises(sa.exc.IntegrityError, match=constraint), transaction():
            db.session.add(BoardChange(**facts, **row))


def test_a_change_on_record_stays_there(vote):
    first, second, observer = make.board_of(vote.cycle_id)
    replace(vote.cycle_id, second, third(), by=(first, observer))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        db.session.execute(sa.delete(BoardChange))


def test_it_is_done_on_the_pages_told_by_mail_and_read_by_everybody(app, vote, mailbox):
    at, joins = table(app, vote.cycle_id), third()
    first, second, observer = make.board_of(vote.cycle_id)
    page = at.observer.open(f"/voting/{vote.cycle_id}/board").follow("Change the board")
    page = page.press("Ask the board", leaves=str(second.id), joins=str(joins.id), reason=REASON)
    at.first.open(page.path).press("I agree: Change the board")
    told = db.session.execute(sa.select(Message.kind, Message.person_id)).all()
    asked, changed = ({i for kind, i in told if kind == each} for each in ("board_asked", "board_changed"))
    assert asked == {first.id, second.id} and changed == {second.id, joins.id, observer.id}
    assert REASON in mailbox.newest().body and joins.public_name in mailbox.newest().body
    seen = Browser(app).open(f"/voting/{vote.cycle_id}/board").text
    assert all(word in seen for word in (REASON, joins.public_name, second.name, first.name))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_only_members_of_the_board_have_the_pages_on_which_it_is_asked(app, vote):
    """By no role: neither to change the board, nor for a witness, a checker or a difference of paper."""
    pages = (
        "/voting/{}/board/replace",
        "/log/{}/witnesses",
        "/results/{}/checkers/new",
        "/paper/{}/differences/explain",
    )
    for role in (*Role, None):
        browser = Browser(app).sign_in(make.person(roles=(role,) if role else ()))
        assert {browser.open(page.format(vote.cycle_id)).status for page in pages} == {403}, role
    member = table(app, vote.cycle_id).first
    assert {member.open(page.format(vote.cycle_id)).status for page in pages} == {200}


@pytest.mark.parametrize("kind", [ActKind.OPEN, ActKind.NAME_WITNESS])
def test_whoever_leaves_at_the_moment_they_agree_has_agreed_before_or_not_at_all(app, vote, kind):
    """Neither waits for the other, and nothing in the log is approved by somebody who had left."""
    first, second, observer = make.board_of(vote.cycle_id)
    answers = {"name": "Library", "public_key": "ab" * 32} if kind is ActKind.NAME_WITNESS else {}
    act = services.request(vote.cycle_id, kind, answers, by=first)
    leave = {"leaves": second.id, "joins": third().id, "reason": REASON}
    change_it = services.request(vote.cycle_id, ActKind.REPLACE_MEMBER, leave, by=first)
    seen = {each: queries.action(vote.cycle_id, each.hex()).hash for each in (act, change_it)}
    db.session.rollback()
    agree = {act: second, change_it: observer}
    failures = at_once(app, [lambda a=a, by=by: services.approve(a, seen[a], by=by) for a, by in agree.items()])
    assert [failure.reason for failure in failures] in ([], [WhyNot.NOT_RUNNING])
    query = sa.select(AuditEntry.kind, AuditEntry.actor_id).order_by(AuditEntry.sequence)
    told = [(kind, actor) for kind, actor in db.session.execute(query) if kind in ("ActApproved", "MemberReplaced")]
    assert ("ActApproved", second.id) not in told[told.index(("MemberReplaced", observer.id)) :]


def test_an_order_that_leaves_requests_standing_is_noticed(vote, monkeypatch):
    """The twin: with the leaver's requests left alone, the first test above would find one that waits."""
    first, second, observer = make.board_of(vote.cycle_id)
    old = services.request(vote.cycle_id, ActKind.OPEN, {}, by=second)
    monkeypatch.setattr(changing, "_held_requests", lambda approval: [])
    replace(vote.cycle_id, second, third(), by=(first, observer))
    assert db.session.get_one(PendingAction, old).ending is None
