"""The prices phase: who objects when, what an answer needs, and that nothing is fixed over an open objection."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.cycles.queries import facts
from app.proposals.prices import queries, services
from app.proposals.prices.rules import Outcome
from app.proposals.prices.services import AnswerObjection
from app.proposals.rules import Stage
from app.voting.fixing import words
from tests import make
from tests.browser import Browser
from tests.voting.fixing import asked

WHY = "The lamps in the next street were half of that, says their bill."
KEPT = AnswerObjection(outcome=Outcome.KEPT, answer="Those lamps had no new cable; these need one.")
CHANGED = AnswerObjection(outcome=Outcome.CHANGED, answer="You are right, we took the wrong offer.")


@pytest.fixture
def priced(app):
    """A proposal with a published price on a day of the prices phase."""
    cycle = make.votable_cycle(options=0)
    asked.a_plan(
        cycle,
        asks_short_texts=False,
        asks_task_forces=False,
        asks_confirmation=False,
        prices_until=now() + timedelta(days=1),
    )
    row = make.proposal(stage=Stage.FEASIBLE, within=cycle)
    asked.costed(row, make.actor(Role.OFFICER))
    return row


@pytest.fixture
def neighbor(priced):
    return make.resident(priced.cycle.neighborhood)


def refusal(act):
    try:
        act()
    except DomainError as refused:
        db.session.rollback()
        return refused.code
    return None


def codes(proposal):
    return [check.code for check in words.missing(facts(proposal.cycle_id))]


def test_the_ballot_waits_for_the_end_of_the_phase_and_for_every_answer(priced, neighbor):
    row = services.object_to(priced.id, WHY, by=neighbor)
    assert codes(priced) == ["prices_phase", "price_objections"]
    services.answer(row.id, KEPT, by=make.actor(Role.OFFICER))
    asked.a_plan(priced.cycle, prices_from=now() - timedelta(days=9), prices_until=now() - timedelta(hours=1))
    assert "price_objections" not in codes(priced) and "prices_phase" not in codes(priced)


def test_a_price_is_changed_by_a_new_costing_only(priced, neighbor):
    row = services.object_to(priced.id, WHY, by=neighbor)
    officer = make.actor(Role.OFFICER)
    assert refusal(lambda: services.answer(row.id, CHANGED, by=officer)) == "no_new_costing"
    newer = asked.costed(priced, officer, running_cents=0)
    assert services.answer(row.id, CHANGED, by=officer).new_costing_id == newer
    assert refusal(lambda: services.answer(row.id, KEPT, by=officer)) == "answered"


def test_a_price_that_answers_an_objection_counts_as_published_and_another_late_one_does_not(priced, neighbor):
    row, officer = services.object_to(priced.id, WHY, by=neighbor), make.actor(Role.OFFICER)
    asked.a_plan(priced.cycle, prices_from=now() - timedelta(days=9), prices_until=now() - timedelta(seconds=1))
    asked.costed(priced, officer)
    assert queries.unpublished(facts(priced.cycle_id), [priced.id]) == [priced.id]
    services.answer(row.id, CHANGED, by=officer)
    assert queries.unpublished(facts(priced.cycle_id), [priced.id]) == []
    asked.costed(priced, officer)
    assert queries.unpublished(facts(priced.cycle_id), [priced.id]) == [priced.id]


def test_once_a_price_and_anew_after_it_was_changed(priced, neighbor):
    services.object_to(priced.id, WHY, by=neighbor)
    assert refusal(lambda: services.object_to(priced.id, WHY, by=neighbor)) == "objected_before"
    asked.costed(priced, make.actor(Role.OFFICER))
    assert refusal(lambda: services.object_to(priced.id, WHY, by=neighbor)) is None


def test_a_cycle_without_the_phase_hears_no_objection_and_waits_for_none(priced, neighbor):
    asked.a_plan(priced.cycle, asks_confirmation=False, prices_from=None, prices_until=None)
    assert refusal(lambda: services.object_to(priced.id, WHY, by=neighbor)) == "no_phase"
    assert not {"prices_phase", "price_objections"} & set(codes(priced))


def test_nobody_answers_their_own_objection_by_the_database_too(priced, monkeypatch):
    both = make.actor(Role.OFFICER, resident_of=priced.cycle.neighborhood)
    row = services.object_to(priced.id, WHY, by=both)
    assert refusal(lambda: services.answer(row.id, KEPT, by=both)) == "own"
    monkeypatch.setattr(services, "why_not_answer", lambda *_, **__: None)
    with pytest.raises(IntegrityError, match="answered_by_another"):
        services.answer(row.id, KEPT, by=both)


def test_nobody_answers_about_their_own_proposal(priced, neighbor):
    row = services.object_to(priced.id, WHY, by=neighbor)
    assert refusal(lambda: services.answer(row.id, KEPT, by=actor_of(priced.author))) == "no_standing"


def test_whoever_objected_is_told_the_answer_by_mail(priced, neighbor, mailbox):
    services.answer(services.object_to(priced.id, WHY, by=neighbor).id, KEPT, by=make.actor(Role.OFFICER))
    assert KEPT.answer in mailbox.newest().body


def test_a_resident_objects_an_officer_answers_and_everybody_reads_it_without_a_name(app, priced, neighbor, browser):
    page = Browser(app).sign_in(make.account(neighbor)).open(f"/prices/{priced.cycle_id}").follow(priced.title)
    page = page.follow("Object to this price").press("Publish my objection", reason=WHY)
    assert "Your objection is published" in page.text
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    page = officer.open("/review/price-objections").follow(priced.title)
    page.press("Publish the answer", outcome="kept", answer=KEPT.answer)
    text = browser.open(f"/proposals/{priced.id}").text
    assert WHY in text and KEPT.answer in text and neighbor.name not in text


def test_a_changed_price_that_is_not_there_yet_is_refused_at_its_field_and_the_words_are_kept(app, priced, neighbor):
    row = services.object_to(priced.id, WHY, by=neighbor)
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    page = officer.open(f"/review/price-objections/{row.id}")
    page = page.press("Publish the answer", outcome="changed", answer=CHANGED.answer)
    assert "Publish a new costing first" in page.text and CHANGED.answer in page.one("textarea", id="answer")
