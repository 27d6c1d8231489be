"""Who reviews a proposal: one at a time, never somebody who keeps away, and never again after a second look."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.proposals.review import queries as review_queries
from app.proposals.review import services as reviews
from app.proposals.review.assigning import queries, services
from app.proposals.review.assigning.models import Assignment
from app.proposals.review.assigning.rules import Barred, Bars, free, why_barred
from app.proposals.review.publishing import services as publishing
from app.proposals.review.rules import Decision, Heap
from app.proposals.rules import Stage
from app.proposals.second_looks import services as second_looks
from app.proposals.second_looks.rules import Outcome
from app.proposals.second_looks.services import AnswerSecondLook
from tests import make
from tests.browser import Browser
from tests.proposals import said
from tests.proposals.review import desk

NEAR = "My brother sells such lamps."
WHY = "The lane is the city's own, not the state's."
REOPENED = AnswerSecondLook(outcome=Outcome.REOPENED, answer="You are right, it is ours after all.")
BARS = Bars(author_ids=frozenset({1}), interested=frozenset({2}), turned_down=frozenset({3}), reviewer_id=4)


@pytest.fixture
def officer(app):
    return make.actor(Role.OFFICER)


@pytest.mark.parametrize(
    ("who", "why"),
    [(1, Barred.OWN), (2, Barred.INTEREST), (3, Barred.TURNED_DOWN), (5, Barred.ANOTHER_REVIEWER), (4, None)],
)
def test_who_does_not_make_the_finding_and_why(who, why):
    assert why_barred(BARS, who) is why


def test_whoever_keeps_away_cannot_be_given_it():
    assert free(BARS, [1, 2, 3, 4, 5, 6]) == [5, 6]


def test_whoever_takes_it_first_has_it_and_others_leave_it_to_them(officer):
    proposal, other = make.proposal(), make.actor(Role.OFFICER)
    services.take(proposal.id, by=officer)
    services.take(proposal.id, by=officer)
    assert queries.hands(proposal.id).reviewer == officer.name and desk.kinds() == ["ReviewerChanged"]
    assert desk.refusal(lambda: services.take(proposal.id, by=other)) == "another_reviewer"
    assert desk.refusal(lambda: reviews.review(proposal.id, said.finding(), by=other)) == "another_reviewer"
    services.assign(proposal.id, other.id, by=officer)
    assert desk.refusal(lambda: services.assign(proposal.id, officer.id, by=officer)) == "no_standing"
    reviews.review(proposal.id, said.finding(), by=other)


def test_a_clerk_gives_it_only_to_officers_who_may_judge_it(officer):
    proposal, clerk = make.proposal(), make.actor(Role.CLERK)
    services.declare(proposal.id, NEAR, by=officer)
    for nobody in (officer.id, proposal.author_id, clerk.id):
        assert desk.refusal(lambda id_=nobody: services.assign(proposal.id, id_, by=clerk)) == "kept_away"
    other = make.actor(Role.OFFICER)
    services.assign(proposal.id, other.id, by=clerk)
    services.assign(proposal.id, None, by=clerk)
    assert queries.hands(proposal.id).reviewer is None


def test_an_interest_ends_their_part_in_it_and_everybody_reads_why(officer, browser):
    proposal = make.proposal()
    services.take(proposal.id, by=officer)
    services.declare(proposal.id, NEAR, by=officer)
    assert desk.refusal(lambda: services.declare(proposal.id, NEAR, by=officer)) == "kept_away"
    for act in (services.take, lambda id_, by: reviews.review(id_, said.finding(), by=by)):
        assert desk.refusal(lambda act=act: act(proposal.id, by=officer)) == "interest"
    assert NEAR in browser.open(f"/proposals/{proposal.id}").text
    assert not any(NEAR in body for body in db.session.scalars(sa.select(AuditEntry.body)))


def test_an_interest_keeps_from_agreeing_and_from_a_second_look(officer):
    row = desk.prepared(Decision.NOT_FEASIBLE)
    services.declare(row.proposal_id, NEAR, by=officer)
    assert desk.refusal(lambda: publishing.agree(row.id, by=officer)) == "interest"
    publishing.agree(row.id, by=make.actor(Role.OFFICER))
    look = second_looks.ask(row.proposal_id, WHY, by=actor_of(row.proposal.author))
    assert desk.refusal(lambda: second_looks.answer(look.id, REOPENED, by=officer)) == "no_standing"


def reopened(officer, second):
    """A proposal that two officers turned down and a third one opened again."""
    row = desk.prepared(Decision.NOT_FEASIBLE, by=officer)
    services.take(row.proposal_id, by=officer)
    publishing.agree(row.id, by=second)
    look = second_looks.ask(row.proposal_id, WHY, by=actor_of(row.proposal.author))
    assert desk.refusal(lambda: second_looks.answer(look.id, REOPENED, by=second)) == "no_standing"
    second_looks.answer(look.id, REOPENED, by=make.actor(Role.OFFICER))
    return row.proposal


def test_whoever_had_a_part_in_turning_it_down_does_not_judge_it_again(officer):
    second, third = make.actor(Role.OFFICER), make.actor(Role.OFFICER)
    proposal = reopened(officer, second)
    assert proposal.stage is Stage.SUBMITTED and queries.hands(proposal.id).reviewer is None
    for who in (officer, second):
        found = desk.refusal(lambda who=who: reviews.review(proposal.id, said.finding(), by=who))
        assert found == "turned_down" and desk.refusal(lambda who=who: services.take(proposal.id, by=who)) == found
    waiting = reviews.review(proposal.id, said.finding(), by=third).id
    refused = {desk.refusal(lambda who=who: publishing.agree(waiting, by=who)) for who in (officer, second)}
    assert refused == {"turned_down"}


def test_the_check_notices_who_judges_again(officer, monkeypatch):
    """The twin: without the question who keeps away, the officer would judge it a second time."""
    proposal = reopened(officer, make.actor(Role.OFFICER))
    monkeypatch.setattr(reviews, "why_barred", lambda *_: None)
    assert desk.refusal(lambda: reviews.review(proposal.id, said.finding(), by=officer)) is None


def test_two_who_take_it_at_once_do_not_both_have_it(app, officer):
    proposal_id, other = make.proposal().id, make.actor(Role.OFFICER)
    db.session.rollback()
    found = said.all_at_once(app, [lambda by=by: services.take(proposal_id, by=by) for by in (officer, other)])
    assert sorted(type(each).__name__ for each in found) == ["DomainError", "NoneType"]


def test_the_schema_knows_one_reviewer(officer):
    proposal = make.proposal()
    services.take(proposal.id, by=officer)
    with pytest.raises(IntegrityError), transaction():
        more = {"officer_id": officer.id, "assigned_by_id": officer.id, "assigned_at": now()}
        db.session.add(Assignment(proposal_id=proposal.id, **more))


def test_the_queue_is_narrowed_to_what_is_whose(officer):
    mine, free_, dear = make.proposal(), make.proposal(), desk.prepared()
    services.take(mine.id, by=officer)

    def heap(which):
        return {row.id for row in review_queries.queue(None, viewer_id=officer.id, heap=which).items}

    assert heap(Heap.MINE) == {mine.id} and heap(Heap.SECOND) == {dear.proposal_id}
    assert heap(Heap.UNASSIGNED) == {free_.id, dear.proposal_id}
    assert heap(Heap.LOOKS) == heap(Heap.CHANGES) == set()
    refused = make.proposal()
    reviews.review(refused.id, said.finding(Decision.NOT_FEASIBLE), by=officer)
    second_looks.ask(refused.id, WHY, by=actor_of(refused.author))
    assert heap(Heap.LOOKS) == heap(Heap.NOT_FEASIBLE) == {refused.id}


def test_an_officer_takes_one_hands_it_on_and_a_clerk_sees_who_has_it(app, officer):
    proposal, other = make.proposal(), make.actor(Role.OFFICER)
    mine = Browser(app).sign_in(make.account(officer))
    page = mine.open(f"/review/{proposal.id}").press("Take it")
    assert "You review this proposal now" in page.text and officer.name in page.text
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    assert officer.name in clerk.open("/review/reviewers").text
    page.follow("Hand it on").press("Save", officer=str(other.id))
    shown = clerk.open("/review/reviewers").follow(proposal.title)
    assert other.name in shown.text and f"officer={proposal.author.public_name}" not in shown.html
    assert "You do not decide about this proposal" in mine.open(f"/review/{proposal.id}").text


def test_an_interest_is_declared_on_a_page_of_its_own(app, officer):
    proposal, browser = make.proposal(), Browser(app).sign_in(make.account(officer))
    page = browser.open(f"/review/{proposal.id}").follow("Declare an interest")
    short = page.press("Declare it and leave it to another officer", interest="No.")
    assert short.all("p", id="interest-error") and "No." in short.one("textarea", id="interest")
    assert "another officer judges" in short.press("Declare it and leave it to another officer", interest=NEAR).text
    assert "You have declared an interest" in browser.open(f"/review/{proposal.id}/interest").text
