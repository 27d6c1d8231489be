"""Short texts: who writes, approves and settles them, that each change asks again, and what a silent author means."""

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
from app.proposals.ballot_texts import queries, services
from app.proposals.ballot_texts.models import BallotText
from app.proposals.ballot_texts.rules import ApprovedAs, WhyNot, one_paragraph, text_hash, why_not_settle, why_not_words
from app.proposals.ballot_texts.services import TranslateText, WriteText
from app.proposals.names.models import WithheldWords
from app.proposals.names.rules import Kind
from app.proposals.rules import Stage
from tests import make
from tests.voting.fixing.asked import a_plan

FIRST = WriteText(text="Six warm lamps on Mill Lane.", language="en")
OTHER = WriteText(text="Six warm lamps and a bench on Mill Lane.", language="en")
WHY = "Asked twice by mail and once at the door; no answer came."


@pytest.fixture
def proposal(app):
    cycle = make.votable_cycle(options=1, where=make.neighborhood(languages=["en", "es"]))
    a_plan(cycle)
    return make.proposal(stage=Stage.FEASIBLE, within=cycle)


def refusal(act):
    try:
        act()
    except DomainError as refused:
        db.session.rollback()
        return refused.code
    return None


def text_of(proposal):
    return queries.newest([proposal.id])[proposal.id]


def officers_text(proposal, *, days_ago=4):
    """A text by an officer that has waited so many days."""
    row = services.write(proposal.id, FIRST, by=make.actor(Role.OFFICER))
    with transaction():
        db.session.get_one(BallotText, row.id).written_at = now() - timedelta(days=days_ago)
    return row.id


def test_what_the_author_writes_is_approved_and_what_an_officer_writes_waits(app, proposal):
    services.write(proposal.id, FIRST, by=actor_of(proposal.author))
    assert text_of(proposal).is_approved and text_of(proposal).hash == text_hash(FIRST.text)
    services.write(proposal.id, OTHER, by=make.actor(Role.OFFICER))
    assert not text_of(proposal).is_approved and [each.number for each in queries.history(proposal.id)] == [2, 1]
    services.approve(proposal.id, text_of(proposal).id, by=actor_of(proposal.author))
    assert text_of(proposal).approved_as is ApprovedAs.AUTHOR
    kinds = db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence.desc()).limit(3)).all()
    assert kinds == ["BallotTextApproved", "BallotTextWritten", "BallotTextWritten"]


def test_words_that_are_kept_back_come_to_no_ballot(app, proposal, monkeypatch):
    """With the twin: a ballot text that asks nobody would print them."""
    by = actor_of(proposal.author)
    with transaction():
        facts = {"words": "Rosa Vidal", "mark": "[being checked 1]", "note": "", "held_at": now()}
        db.session.add(WithheldWords(proposal_id=proposal.id, number=1, kind=Kind.NAME, **facts))
    tells = WriteText(text="Six lamps for rosa  vidal and her street.", language="en")
    assert refusal(lambda: services.write(proposal.id, tells, by=by)) == WhyNot.KEPT_BACK
    services.write(proposal.id, FIRST, by=by)
    spanish = TranslateText(text_id=text_of(proposal).id, language="es", title="Faroles de Rosa Vidal", text="Seis.")
    assert refusal(lambda: services.translate(proposal.id, spanish, by=by)) == WhyNot.KEPT_BACK
    monkeypatch.setattr(services, "_why_not_said", lambda *_: None)
    assert refusal(lambda: services.write(proposal.id, tells, by=by)) is None


def test_a_text_that_was_changed_meanwhile_is_not_approved_unread(app, proposal):
    seen = officers_text(proposal)
    services.write(proposal.id, OTHER, by=make.actor(Role.OFFICER))
    assert refusal(lambda: services.approve(proposal.id, seen, by=actor_of(proposal.author))) == "changed_meanwhile"


def test_a_clerk_settles_for_a_silent_author_with_a_reason_on_record(app, proposal):
    text_id, clerk = officers_text(proposal), make.actor(Role.CLERK)
    services.settle(proposal.id, text_id, WHY, by=clerk)
    assert (text_of(proposal).approved_as, text_of(proposal).reason) == (ApprovedAs.CLERK, WHY)
    assert refusal(lambda: services.approve(proposal.id, text_id, by=actor_of(proposal.author))) == "approved"
    services.write(proposal.id, OTHER, by=actor_of(proposal.author))
    assert text_of(proposal).text == OTHER.text and text_of(proposal).is_approved


def test_the_author_has_three_days_whatever_day_was_set(app, proposal):
    text_id = officers_text(proposal, days_ago=2)
    assert refusal(lambda: services.settle(proposal.id, text_id, WHY, by=make.actor(Role.CLERK))) == "not_silent_yet"


def test_it_takes_two_persons_to_settle_a_text(app, proposal, monkeypatch):
    both = make.actor(Role.OFFICER, Role.CLERK)
    row = services.write(proposal.id, FIRST, by=both)
    with transaction():
        db.session.get_one(BallotText, row.id).written_at = now() - timedelta(days=4)
    assert refusal(lambda: services.settle(proposal.id, row.id, WHY, by=both)) == "writer_himself"
    monkeypatch.setattr(services, "why_not_settle", lambda **_: None)
    with pytest.raises(IntegrityError, match="settled_by_another_than_its_writer"):
        services.settle(proposal.id, row.id, WHY, by=both)


def test_an_approval_is_the_authors_by_the_database_too(app, proposal, monkeypatch):
    text_id = officers_text(proposal)
    monkeypatch.setattr(services.policies, "may_approve", lambda *_, **__: True)
    with pytest.raises(IntegrityError, match="approved_by_its_author"):
        services.approve(proposal.id, text_id, by=make.actor(Role.OFFICER))


@pytest.mark.parametrize(("words", "why"), [(60, None), (61, WhyNot.TOO_MANY_WORDS), (0, WhyNot.EMPTY)])
def test_sixty_words_are_the_most(words, why):
    assert why_not_words(" ".join(["lamp"] * words)) is why


def test_more_words_are_refused_by_the_database_too(app, proposal, monkeypatch):
    monkeypatch.setattr(services, "why_not_write", lambda *_, **__: None)
    long = WriteText(text=" ".join(["lamp"] * 61), language="en")
    with pytest.raises(IntegrityError, match="at_most_sixty_words"):
        services.write(proposal.id, long, by=actor_of(proposal.author))


def test_a_text_is_one_paragraph_in_one_form_of_its_letters():
    assert one_paragraph("  Cafe\u0301\n\n for   all ") == "Café for all"


def test_another_language_holds_for_that_text_only(app, proposal):
    row = services.write(proposal.id, FIRST, by=actor_of(proposal.author))
    said = TranslateText(text_id=row.id, language="es", title="Faroles", text="Seis faroles en Mill Lane.")
    services.translate(proposal.id, said, by=make.actor(Role.OFFICER))
    assert text_of(proposal).missing(("en", "es")) == []
    services.write(proposal.id, OTHER, by=actor_of(proposal.author))
    assert text_of(proposal).missing(("en", "es")) == ["es"]
    assert refusal(lambda: services.translate(proposal.id, said, by=make.actor(Role.OFFICER))) == "changed_meanwhile"


def test_without_a_day_for_answers_nobody_counts_as_silent():
    given = {"approved": False, "written_at": now() - timedelta(days=90), "is_writer": False, "now": now()}
    assert why_not_settle(answers_until=None, **given) is WhyNot.NO_DATE
