"""Above the threshold of the cycle two officers decide: nothing stands, and nothing is public, before both agree."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.db import db, transaction
from app.notifications.models import Message
from app.proposals import services as verbs
from app.proposals.review import queries
from app.proposals.review import services as reviews
from app.proposals.review.assigning import services as assigning
from app.proposals.review.models import PreparedFinding, Review
from app.proposals.review.publishing import queries as publishing
from app.proposals.review.publishing import services
from app.proposals.review.rules import Decision, Ending, needs_second
from app.proposals.rules import CostLine, Stage
from tests import make
from tests.browser import Browser
from tests.proposals import said
from tests.proposals.review import desk

CHEAP = (CostLine(label="A sign", amount_cents=900_00),)
WHY = "The second offer is missing from the folder."


@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize(("at_stake", "above", "two"), [(101, 100, True), (100, 100, False), (101, None, False)])
def test_two_decide_above_the_threshold_and_a_wish_for_changes_decides_nothing(decision, at_stake, above, two):
    found = needs_second(decision, at_stake_cents=at_stake, above_cents=above)
    assert found is (two and decision is not Decision.NEEDS_CHANGES)


@pytest.mark.parametrize("decision", [Decision.FEASIBLE, Decision.NOT_FEASIBLE])
def test_a_dear_finding_stands_once_another_officer_agrees(app, decision):
    row = desk.prepared(decision)
    assert row.proposal.stage is Stage.SUBMITTED and queries.history(row.proposal_id) == []
    assert desk.kinds() == ["FindingPrepared"] and db.session.scalars(sa.select(Message)).all() == []
    second = make.actor(Role.OFFICER)
    services.agree(row.id, by=second)
    [finding] = queries.history(row.proposal_id)
    assert (finding.officer, finding.agreed_by) == (row.officer.public_name, second.name)
    assert row.proposal.stage.value == decision.value and desk.kinds()[-1] == "ProposalReviewed"
    assert db.session.scalars(sa.select(Message.person_id)).all() == [row.proposal.author_id]


def test_a_cheap_one_and_a_wish_for_changes_stand_at_once(app):
    cycle = desk.cycle(second_above_cents=1_000_00)
    for finding in (said.finding(lines=CHEAP), said.finding(Decision.NEEDS_CHANGES)):
        made = reviews.review(make.proposal(within=cycle).id, finding, by=make.actor(Role.OFFICER))
        assert isinstance(made, Review)


def test_nobody_agrees_to_what_they_found_themselves(app):
    officer = make.actor(Role.OFFICER)
    row = desk.prepared(by=officer)
    assert desk.refusal(lambda: services.agree(row.id, by=officer)) == "own_finding"
    assert desk.refusal(lambda: services.send_back(row.id, WHY, by=officer)) == "own_finding"


def test_the_check_notices_an_officer_who_agrees_with_themselves(app, monkeypatch):
    officer = make.actor(Role.OFFICER)
    row = desk.prepared(by=officer)
    monkeypatch.setattr(services, "why_not_agree", lambda **_: None)
    with pytest.raises(IntegrityError, match="another_officer_agrees"):
        services.agree(row.id, by=officer)


def test_the_check_notices_a_finding_that_is_public_too_early(app, monkeypatch):
    row = desk.prepared()
    monkeypatch.setattr(services, "why_not_publish", lambda **_: None)
    with pytest.raises(IntegrityError, match="public_only_when_agreed"):
        services.publish_together([row.id], by=make.actor(Role.OFFICER))
    assert queries.history(row.proposal_id) == []


def test_what_is_sent_back_is_reviewed_again_and_its_writer_reads_why(app):
    officer = make.actor(Role.OFFICER)
    row = desk.prepared(by=officer)
    services.send_back(row.id, WHY, by=make.actor(Role.OFFICER))
    assert (row.ending, row.ended_reason) == (Ending.SENT_BACK, WHY)
    assert desk.refusal(lambda: services.agree(row.id, by=make.actor(Role.OFFICER))) == "ended"
    again = reviews.review(row.proposal_id, said.finding(), by=officer)
    assert isinstance(again, PreparedFinding) and again.id != row.id


def test_one_finding_waits_at_a_time(app):
    row = desk.prepared()
    other = make.actor(Role.OFFICER)
    assert desk.refusal(lambda: reviews.review(row.proposal_id, said.finding(), by=other)) == "one_waits"
    with pytest.raises(IntegrityError), transaction():
        facts = {"proposal_id": row.proposal_id, "officer_id": other.id, "decision": Decision.FEASIBLE}
        more = {"content": {}, "at_stake_cents": 0, "needs_second": False, "prepared_at": row.prepared_at}
        db.session.add(PreparedFinding(**facts, **more))


def test_only_its_writer_takes_it_back(app):
    officer = make.actor(Role.OFFICER)
    row = desk.prepared(by=officer)
    assert desk.refusal(lambda: services.take_back(row.id, by=make.actor(Role.OFFICER))) == "not_yours"
    services.take_back(row.id, by=officer)
    services.take_back(row.id, by=officer)
    assert row.ending is Ending.TAKEN_BACK and desk.kinds().count("FindingTakenBack") == 1


def test_words_that_changed_since_are_not_judged_unread(app):
    row = desk.prepared()
    verbs.edit(row.proposal_id, said.words(row.proposal.cycle), by=actor_of(row.proposal.author))
    assert desk.refusal(lambda: services.agree(row.id, by=make.actor(Role.OFFICER))) == "changed_meanwhile"


def test_a_writer_who_keeps_away_by_now_has_no_finding_to_agree_to(app):
    officer = make.actor(Role.OFFICER)
    row = desk.prepared(by=officer)
    assigning.declare(row.proposal_id, "My brother sells such lamps.", by=officer)
    assert desk.refusal(lambda: services.agree(row.id, by=make.actor(Role.OFFICER))) == "judge_kept_away"


def test_what_waits_is_never_deleted(app):
    desk.prepared()
    with pytest.raises(sa.exc.DBAPIError, match="never deleted"), db.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM prepared_finding"))


def test_two_who_agree_at_once_make_it_public_once(app):
    row_id, seconds = desk.prepared().id, [make.actor(Role.OFFICER) for _ in range(2)]
    db.session.rollback()
    found = said.all_at_once(app, [lambda by=by: services.agree(row_id, by=by).id for by in seconds])
    assert sorted(type(each).__name__ for each in found) == ["DomainError", "int"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Review)) == 1


def test_who_agrees_and_who_sends_back_at_once_do_not_both_have_their_way(app):
    row_id, (yes, no) = desk.prepared().id, (make.actor(Role.OFFICER), make.actor(Role.OFFICER))
    db.session.rollback()
    verbs_ = [lambda: services.agree(row_id, by=yes).id, lambda: services.send_back(row_id, WHY, by=no).id]
    found = said.all_at_once(app, verbs_)
    assert sorted(type(each).__name__ for each in found) == ["DomainError", "int"]
    row = db.session.get_one(PreparedFinding, row_id)
    assert (row.ending is Ending.PUBLISHED) is (row.review_id is not None)


def test_two_officers_who_write_at_once_leave_one_finding(app):
    proposal_id = make.proposal(within=desk.cycle(second_above_cents=1_000_00)).id
    officers = [make.actor(Role.OFFICER) for _ in range(2)]
    db.session.rollback()
    finding = said.finding()
    found = said.all_at_once(app, [lambda by=by: reviews.review(proposal_id, finding, by=by).id for by in officers])
    assert sorted(type(each).__name__ for each in found) == ["DomainError", "int"]


def test_a_second_officer_answers_on_a_page_and_the_writer_begins_with_what_they_wrote(app, browser):
    writer, other = make.person(roles=(Role.OFFICER,)), make.person(roles=(Role.OFFICER,))
    row = desk.prepared(by=actor_of(writer))
    mine, theirs = Browser(app).sign_in(writer), Browser(app).sign_in(other)
    assert "You wrote this" in mine.open(f"/review/prepared/{row.id}").text
    page = theirs.open("/review/?heap=second").follow(row.proposal.title).follow("Read the prepared finding")
    short = page.press("Send my answer", answer="send_back", reason="No.")
    assert short.all("p", id="reason-error") and "No." in short.one("textarea", id="reason")
    assert "goes back to the officer" in short.press("Send my answer", reason=WHY).text
    assert "Your finding came back" in mine.open("/review/").text
    again = mine.open(f"/review/{row.proposal_id}")
    assert WHY in again.text and "We measured the lane" in again.one("textarea", id="explanation")
    kept = again.press("Publish the finding", no_interest="y")
    assert "Another officer has to agree" in kept.text and "Your finding came back" not in mine.open("/review/").text
    done = theirs.open(f"/review/{row.proposal_id}").follow("Read the prepared finding")
    assert "the finding stands" in done.press("Send my answer", answer="agree").text
    text = browser.open(f"/proposals/{row.proposal_id}").text
    assert "Can be done" in text and f"{other.public_name}, another officer, agreed" in text


def test_a_second_officer_finds_the_way_to_a_finding_of_whoever_has_the_proposal(app):
    writer = make.actor(Role.OFFICER)
    row = desk.prepared(by=writer)
    assigning.take(row.proposal_id, by=writer)
    queue = Browser(app).sign_in(make.person(roles=(Role.OFFICER,))).open("/review/?heap=second")
    page = queue.follow(row.proposal.title).follow("Read the prepared finding")
    assert "What do you say?" in page.text


def test_what_is_taken_back_stands_in_the_form(app):
    writer = make.person(roles=(Role.OFFICER,))
    row = desk.prepared(by=actor_of(writer))
    page = Browser(app).sign_in(writer).open(f"/review/prepared/{row.id}").press("Take it back")
    assert "We measured the lane" in page.one("textarea", id="explanation")
    assert page.all("input", name="answers-0-sentence")[0].get("value") == "We looked at it."


def test_a_clerk_settles_from_which_amount_on_two_decide(app):
    clerk, cycle = Browser(app).sign_in(make.person(roles=(Role.CLERK,))), make.cycle()
    page = clerk.open(f"/office/cycles/{cycle.id}").follow("How proposals are reviewed")
    assert page.press("Save", second_above="a lot").all("p", id="second_above-error")
    page.press("Save", second_above="60,000", together="y")
    facts = publishing.settings(cycle.id)
    assert (facts.second_above_cents, facts.together) == (60_000_00, True)
    assert clerk.open(f"/review/cycles/{cycle.id}/settings").all("input", value="60,000")
