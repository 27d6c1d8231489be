"""The pages of a second look."""

from datetime import timedelta

import pytest

from app.core.access import Role
from app.core.clock import now
from app.proposals.review import services as reviews
from app.proposals.review.rules import Decision
from tests import make
from tests.browser import Browser
from tests.proposals import said

WHY = "The lane is the city's own, not the state's."
ANSWER = "We asked the land office: it is the state's."


@pytest.fixture
def officer(app):
    return make.actor(Role.OFFICER)


@pytest.fixture
def turned_down(officer):
    proposal = make.proposal()
    reviews.review(proposal.id, said.finding(Decision.NOT_FEASIBLE), by=officer)
    return proposal


@pytest.fixture
def author(app, turned_down):
    return Browser(app).sign_in(turned_down.author)


def asked(author, proposal):
    page = author.open(f"/proposals/{proposal.id}").follow("Ask for a second look")
    return page.press("Ask for a second look", asked=WHY)


def test_an_author_asks_another_officer_answers_and_everybody_reads_it(app, turned_down, author, browser, mailbox):
    assert "Another officer will look again" in asked(author, turned_down).text
    other = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    waiting = other.open("/review/").follow("Second looks that wait for an answer")
    page = waiting.follow(turned_down.title).press("Publish the answer", outcome="stands", answer=ANSWER)
    assert "Your answer is public now" in page.text
    text = browser.open(f"/proposals/{turned_down.id}").text
    assert WHY in text and ANSWER in text and "The finding stands" in text
    assert ANSWER in mailbox.newest().body
    assert "Nothing waits here" in other.open("/review/second-looks").text


def test_a_proposal_that_is_opened_again_is_back_with_the_officers(app, turned_down, author):
    asked(author, turned_down)
    other = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    page = other.open("/review/second-looks").follow(turned_down.title)
    page.press("Publish the answer", outcome="reopened", answer="You are right, it is ours after all.")
    assert turned_down.title in other.open("/review/").text


def test_it_is_asked_once_and_sending_it_twice_changes_nothing(turned_down, author):
    page = author.open(f"/proposals/{turned_down.id}/second-look")
    twice = [page.press("Ask for a second look", asked=WHY) for _ in range(2)][1]
    assert twice.text.count(WHY) == 1 and "Ask for a second look" not in twice.text
    again = author.open(f"/proposals/{turned_down.id}/second-look")
    assert "cannot be asked for now" in again.text


def test_too_few_words_are_refused_at_their_field_and_kept(turned_down, author):
    page = author.open(f"/proposals/{turned_down.id}/second-look").press("Ask for a second look", asked="No.")
    assert page.all("p", id="asked-error") and "No." in page.one("textarea", id="asked")


def test_others_are_shown_until_when_and_cannot_ask(app, turned_down):
    neighbor = Browser(app).sign_in(make.person())
    assert "Its author can ask for a second look" in neighbor.open(f"/proposals/{turned_down.id}").text
    assert neighbor.open(f"/proposals/{turned_down.id}/second-look").status == 403


def test_whoever_turned_it_down_sees_it_without_a_way_to_answer(app, officer, author, turned_down):
    asked(author, turned_down)
    page = Browser(app).sign_in(make.account(officer)).open("/review/second-looks")
    assert "You turned it down" in page.text and turned_down.title in page.text


def test_an_answer_that_is_late_is_called_overdue(turned_down, author, browser, monkeypatch):
    asked(author, turned_down)
    monkeypatch.setattr("app.proposals.pages.deadline_now", lambda: now() + timedelta(days=11))
    assert "Overdue" in browser.open(f"/proposals/{turned_down.id}").text
