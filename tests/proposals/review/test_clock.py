"""A wish for changes has a date, shown with what happens after; what an author reads about where it stands."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.clock import now
from app.proposals import services as verbs
from app.proposals.review import queries
from app.proposals.review import services as reviews
from app.proposals.review.assigning import services as assigning
from app.proposals.review.publishing import services as publishing
from app.proposals.review.rules import Decision, Heap, WhyNot, why_not_timed
from app.proposals.rules import Stage
from app.proposals.second_looks import services as second_looks
from tests import make
from tests.browser import Browser
from tests.proposals import said
from tests.proposals.review import desk

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("days", "why"), [(2, WhyNot.NO_DATE), (3, None), (60, None), (61, WhyNot.NO_DATE)])
def test_an_author_is_given_a_fair_time(days, why):
    given = {"answer_until": NOON + days * DAY, "running_until": None, "now": NOON}
    assert why_not_timed(Decision.NEEDS_CHANGES, **given) is why


@pytest.mark.parametrize("decision", [Decision.FEASIBLE, Decision.NOT_FEASIBLE])
@pytest.mark.parametrize("left", [DAY, timedelta(0), None])
def test_nobody_turns_it_down_while_the_clock_runs(decision, left):
    until = None if left is None else NOON + left
    why = why_not_timed(decision, answer_until=None, running_until=until, now=NOON)
    assert why is (WhyNot.CLOCK_RUNS if decision is Decision.NOT_FEASIBLE and left == DAY else None)


@pytest.fixture
def asked(app):
    """A proposal whose author was asked to change it."""
    proposal = make.proposal()
    reviews.review(proposal.id, said.finding(Decision.NEEDS_CHANGES), by=make.actor(Role.OFFICER))
    return proposal


def later(monkeypatch, *, days):
    for module in ("app.proposals.review.services", "app.proposals.review.views", "app.proposals.pages"):
        monkeypatch.setattr(f"{module}.deadline_now", lambda: now() + days * DAY)


def test_when_it_is_over_officers_may_decide_and_nothing_happens_by_itself(asked, monkeypatch, browser):
    def turn_down():
        reviews.review(asked.id, said.finding(Decision.NOT_FEASIBLE), by=make.actor(Role.OFFICER))

    assert desk.refusal(turn_down) == "clock_runs"
    before = browser.open(f"/proposals/{asked.id}").text
    assert "Until then nobody turns it down" in before and "nothing happens by itself" in before
    later(monkeypatch, days=15)
    assert "The time to answer was over" in browser.open(f"/proposals/{asked.id}").text
    assert asked.stage is Stage.NEEDS_CHANGES
    turn_down()
    assert asked.stage is Stage.NOT_FEASIBLE


def test_the_check_notices_an_officer_who_does_not_wait(asked, monkeypatch):
    """The twin: without the clock, the proposal is turned down behind its author's back."""
    monkeypatch.setattr(reviews, "why_not_timed", lambda *_, **__: None)
    finding = said.finding(Decision.NOT_FEASIBLE)
    assert desk.refusal(lambda: reviews.review(asked.id, finding, by=make.actor(Role.OFFICER))) is None


def test_an_answer_after_the_time_still_counts(asked, monkeypatch):
    later(monkeypatch, days=15)
    verbs.edit(asked.id, said.words(asked.cycle), by=actor_of(asked.author))
    assert asked.stage is Stage.SUBMITTED


def test_the_queue_shows_who_has_not_answered_with_the_least_time_left_first(asked, app, monkeypatch):
    soon, officer = make.proposal(), make.actor(Role.OFFICER)
    reviews.review(
        soon.id, said.finding(Decision.NEEDS_CHANGES, answer_until=now() + 4 * DAY), by=make.actor(Role.OFFICER)
    )
    rows = queries.queue(None, viewer_id=officer.id, heap=Heap.CHANGES).items
    assert [row.id for row in rows] == [soon.id, asked.id]
    assert [row.is_late(now() + 5 * DAY) for row in rows] == [True, False]
    later(monkeypatch, days=5)
    page = Browser(app).sign_in(make.account(officer)).open("/review/?heap=changes")
    assert page.text.count("No answer in time") == 1 and "Its author answers until" in page.text


def test_a_day_that_is_too_near_is_refused_at_its_field(app):
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    page = officer.open(f"/review/{make.proposal().id}")
    typed = said.found(Decision.NEEDS_CHANGES, answer_until=(now() + DAY).date().isoformat())
    again = page.press("Publish the finding", **typed)
    assert again.all("p", id="answer_until-error") and typed["explanation"] in again.text


def test_a_proposer_reads_where_it_stands_at_each_step(app, browser):
    proposal, officer = make.proposal(within=desk.cycle(second_above_cents=1_000_00)), make.actor(Role.OFFICER)

    def said_now():
        return browser.open(f"/proposals/{proposal.id}").text

    assert "An officer reads it" in said_now() and "The review is planned for" in said_now()
    assigning.take(proposal.id, by=officer)
    assert f"{officer.name} has it to review since" in said_now()
    row = reviews.review(proposal.id, said.finding(Decision.NOT_FEASIBLE), by=officer)
    assert "another officer looks at it too" in said_now() and officer.name not in said_now()
    publishing.agree(row.id, by=make.actor(Role.OFFICER))
    assert "can ask for a second look" in said_now()
    second_looks.ask(proposal.id, "The lane is the city's own, not the state's.", by=actor_of(proposal.author))
    assert "has asked for a second look on" in said_now() and "Its author asked for a second look" in said_now()
