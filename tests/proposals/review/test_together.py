"""Decisions that come out together: prepared one by one, public at one moment, all of a batch or none."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.clock import now
from app.core.db import db
from app.notifications.models import Message
from app.proposals import queries as proposals
from app.proposals import services as verbs
from app.proposals.models import Proposal
from app.proposals.review import queries
from app.proposals.review import services as reviews
from app.proposals.review.models import Review
from app.proposals.review.publishing import queries as publishing
from app.proposals.review.publishing import services
from app.proposals.review.rules import Decision
from app.proposals.rules import Stage
from app.proposals.second_looks import queries as second_looks
from app.voting.board.rules import ActKind
from tests import make
from tests.browser import Browser
from tests.proposals import said
from tests.proposals.review import desk


@pytest.fixture
def ready(app):
    """Two findings of one cycle, ready to be published."""
    cycle = desk.cycle(together=True)
    officer = make.actor(Role.OFFICER)
    decisions = (Decision.FEASIBLE, Decision.NOT_FEASIBLE)
    return [reviews.review(make.proposal(within=cycle).id, said.finding(each), by=officer) for each in decisions]


def public():
    return db.session.scalar(sa.select(sa.func.count()).select_from(Review))


def test_nothing_is_public_before_and_everything_after(ready):
    assert public() == 0 and {row.proposal.stage for row in ready} == {Stage.SUBMITTED}
    assert services.publish_together([row.id for row in ready], by=make.actor(Role.CLERK)) == 2
    assert [row.proposal.stage for row in ready] == [Stage.FEASIBLE, Stage.NOT_FEASIBLE]
    assert desk.kinds()[-2:] == ["ProposalReviewed"] * 2
    told = db.session.scalars(sa.select(Message.person_id)).all()
    assert sorted(told) == sorted(row.proposal.author_id for row in ready)


def test_the_days_for_a_second_look_begin_when_it_is_public(ready, monkeypatch):
    later = now() + timedelta(days=20)
    monkeypatch.setattr(reviews, "now", lambda: later)
    services.publish_together([ready[1].id], by=make.actor(Role.OFFICER))
    proposal, findings = proposals.detail(ready[1].proposal_id, None), queries.history(ready[1].proposal_id)
    until = second_looks.open_until(proposal, findings, [], later)
    assert until == later + timedelta(days=10)


def test_a_batch_with_one_that_cannot_be_public_stays_as_it_is(ready):
    verbs.withdraw(ready[1].proposal_id, by=actor_of(ready[1].proposal.author))
    code = desk.refusal(lambda: services.publish_together([row.id for row in ready], by=make.actor(Role.CLERK)))
    assert code == "stage" and public() == 0
    assert [row.id for row in publishing.ready(None, viewer_id=0).items] == [ready[0].id]


def test_what_needs_a_second_officer_is_not_ready_before(app):
    row, clerk = desk.prepared(together=True), make.actor(Role.CLERK)
    assert publishing.ready(None, viewer_id=0).total == 0
    assert desk.refusal(lambda: services.publish_together([row.id], by=clerk)) == "not_agreed"
    services.agree(row.id, by=make.actor(Role.OFFICER))
    assert public() == 0 and desk.kinds()[-1] == "FindingAgreed"
    services.publish_together([row.id], by=clerk)
    assert public() == 1


def test_the_ballot_waits_for_a_finding_that_is_not_public(app):
    cycle = make.votable_cycle(options=2)
    desk.settle(cycle, together=True)
    proposal = db.session.scalars(sa.select(Proposal).where(Proposal.cycle_id == cycle.id)).first()
    row = reviews.review(proposal.id, said.finding(Decision.NOT_FEASIBLE), by=make.actor(Role.OFFICER))
    assert desk.refusal(lambda: make.agreed(ActKind.FIX, cycle.id)) == "findings_wait"
    services.publish_together([row.id], by=make.actor(Role.CLERK))
    assert desk.refusal(lambda: make.agreed(ActKind.FIX, cycle.id)) is None


def test_two_who_publish_at_once_publish_once(ready, app):
    ids, clerks = [row.id for row in ready], [make.actor(Role.CLERK) for _ in range(2)]
    db.session.rollback()
    both = zip(clerks, (ids, ids[::-1]), strict=True)
    found = said.all_at_once(app, [lambda by=by, ids=each: services.publish_together(ids, by=by) for by, each in both])
    assert sorted(type(each).__name__ for each in found) == ["DomainError", "int"] and public() == 2


def test_nobody_sees_or_publishes_a_finding_about_their_own_proposal_before_it_is_public(app):
    author = make.person(roles=(Role.OFFICER, Role.CLERK))
    proposal = make.proposal(within=desk.cycle(together=True), author=author)
    row = reviews.review(proposal.id, said.finding(), by=make.actor(Role.OFFICER))
    assert publishing.ready(None, viewer_id=author.id).total == 0
    assert desk.refusal(lambda: services.publish_together([row.id], by=actor_of(author))) == "no_standing"
    assert Browser(app).sign_in(author).open(f"/review/prepared/{row.id}").status == 403


def test_what_is_ready_costs_two_statements(ready, statements):
    statements.clear()
    assert publishing.ready(None, viewer_id=0).total == 2 and len(statements) == 2


def test_a_clerk_ticks_and_publishes_and_the_public_reads_it_only_then(app, ready, browser):
    address = f"/proposals/{ready[1].proposal_id}"
    before = browser.open(address).text
    assert "published together" in before and "not ours to decide" not in before
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open("/review/publish").press("Publish those that are ticked")
    assert "at least one finding" in page.text
    done = page.press("Publish those that are ticked", chosen=[str(row.id) for row in ready])
    assert "2 findings are public now" in done.text and "Nothing is ready" in done.text
    assert "It is not ours to decide" in browser.open(address).text


def test_what_its_author_has_changed_since_is_shown_and_cannot_be_ticked(app, ready):
    proposal = ready[0].proposal
    verbs.edit(proposal.id, said.words(proposal.cycle, title="Other words"), by=actor_of(proposal.author))
    page = Browser(app).sign_in(make.person(roles=(Role.OFFICER,))).open("/review/publish")
    assert "Changed since" in page.text and not page.all("input", value=str(ready[0].id), type="checkbox")
