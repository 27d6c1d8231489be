"""The officers' pages."""

import pytest

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.cycles.rules import Stage as CycleStage
from app.proposals import services as verbs
from app.proposals.review.models import Review
from app.proposals.rules import Stage
from tests import make
from tests.browser import Browser, text_of
from tests.proposals import said

FOUND = said.found()


@pytest.fixture
def officer(app):
    return Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))


def refused(officer, message, **more):
    page = officer.open(f"/review/{make.proposal().id}").press("Publish the finding", **FOUND | more)
    assert message in page.text and FOUND["explanation"] in page.one("textarea", id="explanation")
    return page


def test_a_price_above_the_pot_is_refused_at_the_lines(officer):
    page = refused(officer, "more than the pot can pay", **{"lines-0-amount": "100,000.01"})
    assert "more than the pot" in text_of(page.all("p", id="lines-error")[0])


def test_what_can_be_done_needs_a_price(officer):
    refused(officer, "at least one line", **{"lines-0-what": "", "lines-0-amount": ""})


def test_a_reason_that_does_not_fit_is_refused_with_those_that_do(officer):
    refused(officer, "These do: It meets the criteria.", reason="unclear")


def test_another_line_keeps_the_finding(officer):
    page = officer.open(f"/review/{make.proposal().id}").press("Add another line", **FOUND)
    assert page.all("input", name="lines-3-what") and "$14,500" in page.text
    assert "Can be done" in page.press("Publish the finding").text


def test_a_finding_sent_twice_is_recorded_once(officer):
    page = officer.open(f"/review/{make.proposal().id}")
    twice = [page.press("Publish the finding", **FOUND) for _ in range(2)][1]
    assert twice.text.count("Reviewed: It can be done") == 1


def test_words_changed_meanwhile_are_shown_before_they_are_judged(officer):
    proposal = make.proposal()
    page = officer.open(f"/review/{proposal.id}")
    verbs.edit(proposal.id, said.words(proposal.cycle, title="Other words"), by=actor_of(proposal.author))
    again = page.press("Publish the finding", **FOUND)
    assert "changed the proposal while you were reading" in again.text and "Other words" in again.text
    assert "Can be done" in again.press("Publish the finding").text


def test_a_second_review_begins_with_the_price_that_stands(officer):
    proposal = make.proposal()
    officer.open(f"/review/{proposal.id}").press("Publish the finding", **FOUND)
    page = officer.open(f"/review/{proposal.id}")
    assert page.all("input", name="lines-0-amount")[0].get("value") == "14,500"
    assert "We measured the lane" in page.text


def test_one_s_own_proposal_is_for_another_officer(app):
    person = make.person(roles=(Role.OFFICER,))
    proposal = make.proposal(author=person)
    browser = Browser(app).sign_in(person)
    assert "another officer reviews it" in browser.open("/review/").text
    assert browser.open(f"/review/{proposal.id}").status == 403


@pytest.mark.parametrize("path", ["/review/", "/review/1"])
@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.OFFICER)])
def test_only_officers_open_the_review(app, path, role):
    browser = Browser(app).sign_in(make.person(roles=(role,) if role else ()))
    assert browser.open(path).status == 403


@pytest.mark.parametrize("stage", [Stage.SUBMITTED, Stage.WITHDRAWN, Stage.ON_BALLOT])
def test_where_nothing_can_be_decided_the_page_says_so(officer, stage):
    proposal = make.proposal(stage=stage, within=make.cycle(stage=CycleStage.VOTING))
    page = officer.open(f"/review/{proposal.id}")
    assert page.status == 200 and "Nothing to decide now" in page.text


def test_the_queue_can_be_narrowed(officer):
    proposal = make.proposal()
    assert proposal.title in officer.open(f"/review/?cycle={proposal.cycle_id}&category={proposal.category_id}").text
    assert "Nothing waits here" in officer.open("/review/?heap=feasible").text
    assert officer.open("/review/?heap=x&cycle=y&page=z").status == 200


def test_whoever_has_something_to_do_with_it_cannot_just_judge_it(officer, browser):
    proposal = make.proposal()
    page = officer.open(f"/review/{proposal.id}").press("Publish the finding", **FOUND | {"no_interest": []})
    assert "declare your interest" in text_of(page.all("p", id="no_interest-error")[0])
    page.press("Publish the finding", no_interest="y")
    assert "declares no interest" in browser.open(f"/proposals/{proposal.id}").text


def test_a_finding_from_before_anybody_was_asked_claims_nothing(app, browser):
    proposal = make.proposal(stage=Stage.NOT_FEASIBLE)
    officer = make.person(roles=(Role.OFFICER,))
    facts = {"decision": "not_feasible", "reason": "unclear", "explanation": "Too vague to judge.", "decided_at": now()}
    with transaction():
        db.session.add(Review(proposal_id=proposal.id, officer_id=officer.id, **facts))
    text = browser.open(f"/proposals/{proposal.id}").text
    assert "Too vague to judge." in text and "declares" not in text
