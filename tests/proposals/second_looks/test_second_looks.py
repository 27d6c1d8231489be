"""A second look: who asks and answers, until when, once; what another officer finds stands beside the finding."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.cycles.models import Cycle
from app.cycles.rules import Stage as CycleStage
from app.notifications.models import Message
from app.notifications.rules import MailKind
from app.proposals.models import Proposal
from app.proposals.review import services as reviews
from app.proposals.review.rules import Decision
from app.proposals.rules import Stage
from app.proposals.second_looks import queries, rules, services
from app.proposals.second_looks.models import SecondLook
from app.proposals.second_looks.rules import Outcome, WhyNotAsk, why_not_ask
from app.proposals.second_looks.services import AnswerSecondLook
from tests import make
from tests.proposals import said

WHY = "The lane is the city's own, not the state's."
STANDS = AnswerSecondLook(outcome=Outcome.STANDS, answer="We asked the land office: it is the state's.")
REOPENED = AnswerSecondLook(outcome=Outcome.REOPENED, answer="You are right, it is ours after all.")


def turned_down(decision=Decision.NOT_FEASIBLE):
    """A proposal with its author and the officer who turned it down."""
    proposal, officer = make.proposal(), make.actor(Role.OFFICER)
    reviews.review(proposal.id, said.finding(decision), by=officer)
    return proposal, actor_of(proposal.author), officer


def refusal(act):
    try:
        act()
    except DomainError as refused:
        db.session.rollback()
        return refused.code
    return None


def test_it_is_asked_for_and_answered_once_and_its_author_hears_of_it(app):
    proposal, author, _officer = turned_down()
    look = services.ask(proposal.id, WHY, by=author)
    services.answer(look.id, STANDS, by=make.actor(Role.OFFICER))
    [facts] = queries.of_proposal(proposal.id)
    assert (facts.asked, facts.outcome, facts.answer) == (WHY, Outcome.STANDS, STANDS.answer)
    assert proposal.stage is Stage.NOT_FEASIBLE
    kinds = db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)).all()
    assert kinds[-2:] == ["SecondLookAsked", "SecondLookAnswered"]
    mails = db.session.scalars(sa.select(Message.person_id).where(Message.kind == MailKind.SECOND_LOOK_ANSWERED))
    assert mails.all() == [author.id]
    assert refusal(lambda: services.answer(look.id, REOPENED, by=make.actor(Role.OFFICER))) == "answered"
    assert refusal(lambda: services.ask(proposal.id, WHY, by=author)) == "asked_before"


def test_what_is_opened_again_is_reviewed_again_and_a_new_finding_can_be_asked_about(app):
    proposal, author, officer = turned_down()
    services.answer(services.ask(proposal.id, WHY, by=author).id, REOPENED, by=make.actor(Role.OFFICER))
    assert proposal.stage is Stage.SUBMITTED
    reviews.review(proposal.id, said.finding(Decision.NOT_FEASIBLE), by=make.actor(Role.OFFICER))
    assert services.ask(proposal.id, WHY, by=author).decided_by_id != officer.id


def test_nobody_but_its_author_asks(app):
    proposal, _author, officer = turned_down()
    others = [officer, make.resident(proposal.cycle.neighborhood), *(make.actor(role) for role in Role)]
    assert {refusal(lambda by=by: services.ask(proposal.id, WHY, by=by)) for by in others} == {"no_standing"}


def test_nobody_but_another_officer_answers(app):
    proposal, author, officer = turned_down()
    look_id = services.ask(proposal.id, WHY, by=author).id
    others = [author, officer, *(make.actor(role) for role in Role if role is not Role.OFFICER)]
    assert {refusal(lambda by=by: services.answer(look_id, STANDS, by=by)) for by in others} == {"no_standing"}
    assert refusal(lambda: services.answer(look_id, STANDS, by=make.actor(Role.OFFICER))) is None


def test_the_check_notices_an_officer_who_judges_twice(app, monkeypatch):
    proposal, author, officer = turned_down()
    look_id = services.ask(proposal.id, WHY, by=author).id
    monkeypatch.setattr(services, "why_not_answer", lambda *_, **__: None)
    with pytest.raises(IntegrityError, match="another_officer_looks"):
        services.answer(look_id, STANDS, by=officer)


@pytest.mark.parametrize("stage", [pytest.param(each, id=each.value) for each in Stage])
@pytest.mark.parametrize("is_open", [True, False])
def test_only_what_was_turned_down_is_asked_about_while_the_ballot_is_open(stage, is_open):
    reason = why_not_ask(stage, decided_at=now(), asked_before=False, is_open=is_open, now=now())
    assert (reason is None) is (stage is Stage.NOT_FEASIBLE and is_open)


@pytest.mark.parametrize(("after", "reason"), [(timedelta(days=10), WhyNotAsk.TOO_LATE), (timedelta(days=9), None)])
def test_ten_days_are_ten_days(after, reason):
    decided = now()
    given = {"decided_at": decided, "asked_before": False, "is_open": True}
    assert why_not_ask(Stage.NOT_FEASIBLE, now=decided + after, **given) is reason


def test_after_ten_days_it_is_too_late(app, monkeypatch):
    proposal, author, _officer = turned_down()
    monkeypatch.setattr(services, "now", lambda: now() + timedelta(days=rules.ASK_DAYS))
    assert refusal(lambda: services.ask(proposal.id, WHY, by=author)) == "too_late"


def test_once_the_ballot_is_fixed_nothing_is_asked_or_answered(app):
    proposal, author, _officer = turned_down()
    look_id = services.ask(proposal.id, WHY, by=author).id
    with transaction():
        db.session.execute(sa.update(Cycle).where(Cycle.id == proposal.cycle_id).values(stage=CycleStage.BALLOT_FIXED))
    assert refusal(lambda: services.answer(look_id, REOPENED, by=make.actor(Role.OFFICER))) == "ballot_fixed"
    assert refusal(lambda: services.ask(proposal.id, WHY, by=author)) == "ballot_fixed"


def test_a_finding_that_has_changed_meanwhile_leaves_nothing_to_answer(app):
    proposal, author, officer = turned_down()
    look_id = services.ask(proposal.id, WHY, by=author).id
    reviews.review(proposal.id, said.finding(), by=officer)
    assert refusal(lambda: services.answer(look_id, STANDS, by=make.actor(Role.OFFICER))) == "overtaken"


def test_two_officers_at_once_give_one_answer_and_two_requests_one_second_look(app):
    proposal, author, _officer = turned_down()
    proposal_id, officers = proposal.id, [make.actor(Role.OFFICER) for _ in range(2)]
    db.session.rollback()
    said.all_at_once(app, [lambda: services.ask(proposal_id, WHY, by=author).id] * 2)
    [look] = queries.of_proposal(proposal_id)
    db.session.rollback()
    found = said.all_at_once(app, [lambda by=by: services.answer(look.id, STANDS, by=by).id for by in officers])
    assert sorted(type(each).__name__ for each in found) == ["DomainError", "int"]


def test_half_an_answer_cannot_be_written_down(app):
    proposal, author, _officer = turned_down()
    look = services.ask(proposal.id, WHY, by=author)
    with pytest.raises(IntegrityError, match="answered_whole"), transaction():
        db.session.execute(sa.update(SecondLook).where(SecondLook.id == look.id).values(outcome=Outcome.STANDS))


def test_the_longest_waiting_comes_first_in_one_page_of_two_statements(app, statements):
    for _ in range(3):
        proposal, author, officer = turned_down()
        services.ask(proposal.id, WHY, by=author)
    db.session.execute(sa.select(Proposal.id))
    statements.clear()
    page = queries.waiting(None, viewer_id=officer.id)
    assert len(statements) == 2 and [row.may_answer for row in page.items] == [True, True, False]
    assert [row.asked_at for row in page.items] == sorted(row.asked_at for row in page.items)
