"""Followers hear what becomes of a proposal, its supporters that it left; nobody who switched that off or is gone."""

import pytest

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.notifications import queries, services
from app.notifications.choices import services as choices
from app.notifications.choices.rules import Topic
from app.proposals import services as verbs
from app.proposals.follows.models import Follow
from app.proposals.merging import services as merging
from app.proposals.merging.services import AskToJoin
from app.proposals.review import services as reviews
from app.proposals.review.rules import Decision
from app.proposals.rules import code
from app.proposals.supports.models import Support
from app.voting.results.events import FundedOption, ResultCertified
from tests import make
from tests.proposals import said
from tests.proposals.discussion import talk


def joins(kind, proposal, who, **when):
    with transaction():
        db.session.add(kind(proposal_id=proposal.id, person_id=who.id, **when))


def follows(proposal, **more):
    who = make.person(**more)
    joins(Follow, proposal, who, followed_at=now())
    return who


def supports(proposal, **more):
    who = make.person(**more)
    joins(Support, proposal, who, supported_at=now())
    return who


def heard(mailbox, who):
    return [mail for mail in mailbox.all() if mail.to == [who.email]]


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision.FEASIBLE, "can be done"),
        (Decision.NEEDS_CHANGES, "asked its author for changes"),
        (Decision.NOT_FEASIBLE, "cannot be done"),
    ],
)
def test_followers_hear_a_decision_with_its_reason(app, mailbox, decision, words):
    proposal = make.proposal()
    ada, ben = follows(proposal), make.person()
    reviews.review(proposal.id, said.finding(decision), by=make.actor(Role.OFFICER))
    (mail,) = heard(mailbox, ada)
    assert words in mail.body and said.finding().explanation in mail.body and f"/proposals/{proposal.id}" in mail.body
    assert heard(mailbox, ben) == []


def test_followers_and_supporters_hear_that_a_proposal_is_withdrawn_and_its_author_does_not(app, mailbox):
    proposal = make.proposal()
    ada, ben = follows(proposal), supports(proposal)
    verbs.withdraw(proposal.id, by=actor_of(proposal.author))
    assert "you follow the proposal" in heard(mailbox, ada)[0].body
    assert "given to no other proposal" in heard(mailbox, ben)[0].body
    assert heard(mailbox, proposal.author) == []


def test_supporters_hear_that_a_proposal_was_joined_and_are_not_moved(app, mailbox):
    cycle = make.cycle()
    author = make.person()
    gone, into = (make.proposal(within=cycle, author=author) for _ in range(2))
    ben = supports(gone)
    command = AskToJoin(into_code=code(2026, into.number), message="Both want lamps on the lane.")
    merging.ask(gone.id, command, key="k", by=actor_of(author))
    (mail,) = heard(mailbox, ben)
    assert into.title in mail.body and "Your support was not moved" in mail.body
    assert queries.follows.supporters(into.id) == set()


def test_an_answer_of_the_author_is_told_to_followers_and_to_whoever_was_answered(app, mailbox):
    proposal = make.proposal()
    ada, asker = follows(proposal), make.person(resident_of=proposal.cycle.neighborhood)
    asked = talk.comment(proposal, actor_of(asker))
    talk.answer(asked, make.resident(proposal.cycle.neighborhood))
    assert heard(mailbox, ada) == []
    answer = talk.answer(asked, actor_of(proposal.author))
    assert f"/comments/{answer.id}" in heard(mailbox, ada)[0].body
    assert "you commented on" in heard(mailbox, asker)[0].body


def test_followers_hear_the_result(app, mailbox):
    cycle = make.cycle()
    won, lost = (make.proposal(within=cycle, stage=stage) for stage in ("funded", "not_funded"))
    ada, ben = follows(won), follows(lost)
    option = FundedOption(proposal_id=won.id, number=1, title="", summary="", cost_cents=1)
    with transaction():
        services.follow_result(ResultCertified(actor_id=None, cycle_id=cycle.id, result_id=1, funded=(option,)))
    subjects = {mail.to[0]: mail.subject.partition(":")[0] for mail in mailbox.all()}
    assert subjects == {ada.email: "Funded", ben.email: "Not funded this time"}


def reviewed_for(ada_may_hear):
    proposal = make.proposal()
    ada = follows(proposal)
    ada_may_hear(ada)
    reviews.review(proposal.id, said.finding(), by=make.actor(Role.OFFICER))
    return ada


def leaves(who):
    with transaction():
        who.active = False


def switches_off(who):
    choices.choose(frozenset(Topic) - {Topic.FOLLOWED}, by=actor_of(who))


@pytest.mark.parametrize("silent", [leaves, switches_off])
def test_who_left_or_wants_none_gets_no_mail(app, mailbox, silent):
    ada = reviewed_for(silent)
    assert heard(mailbox, ada) == []


@pytest.mark.parametrize("silent", [leaves, switches_off])
def test_what_was_written_before_is_not_sent_after(app, mailbox, silent):
    proposal = make.proposal()
    ada = follows(proposal)
    with transaction():
        services.leave_all("followed_news", {ada.id: {"proposal_id": proposal.id, "news": "answered", "comment_id": 1}})
    silent(ada)
    assert heard(mailbox, ada) == []


def test_the_check_notices_mail_to_who_wants_none(app, mailbox, monkeypatch):
    monkeypatch.setattr(queries.choices, "wanting", lambda people, kind: set(people))
    ada = reviewed_for(switches_off)
    assert len(heard(mailbox, ada)) == 1


def test_a_decision_about_what_was_withdrawn_meanwhile_is_not_told(app, mailbox):
    proposal = make.proposal()
    ada = follows(proposal)
    reviews.review(proposal.id, said.finding(), by=make.actor(Role.OFFICER))
    verbs.withdraw(proposal.id, by=actor_of(proposal.author))
    assert [mail.subject.partition(":")[0] for mail in heard(mailbox, ada)] == ["Withdrawn"]


def test_thousands_are_told_some_at_a_time_each_once(app, mailbox, monkeypatch):
    monkeypatch.setattr(services, "AT_A_TIME", 2)
    proposal = make.proposal()
    people = [follows(proposal) for _ in range(5)]
    reviews.review(proposal.id, said.finding(), by=make.actor(Role.OFFICER))
    for _ in range(3):
        sent = [mail.to[0] for mail in mailbox.all() if mail.subject.startswith("Reviewed")]
    assert sorted(sent) == sorted(who.email for who in people)


def test_finding_followers_costs_the_page_nothing_and_runs_once(app, mailbox, statements):
    proposal = make.proposal()
    ada = follows(proposal)
    for _ in range(5):
        follows(proposal)
    officer = make.actor(Role.OFFICER)
    statements.clear()
    reviews.review(proposal.id, said.finding(), by=officer)
    assert not [each for each in statements if "follow" in each.split("VALUES")[0]]
    assert len(heard(mailbox, ada)) == 1 and len(heard(mailbox, ada)) == 1
