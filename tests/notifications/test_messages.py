"""A mail is written with the change it tells of, and sent once by the worker."""

import pytest
import sqlalchemy as sa

from app.accounts.events import ResidenceDecided
from app.core.db import db, transaction
from app.core.events import publish
from app.core.jobs import Job, JobStage, run_waiting
from app.notifications import services
from app.notifications.models import Message
from app.proposals.events import ProposalSubmitted
from app.proposals.review.events import ProposalReviewed
from app.proposals.review.models import Review
from app.proposals.review.rules import Decision, Reason
from app.proposals.rules import Stage
from app.voting.board.rules import ActKind
from app.voting.board.services import request
from app.voting.results.events import FundedOption, ResultCertified
from tests import make


def submitted(proposal):
    with transaction():
        publish(
            ProposalSubmitted(
                actor_id=proposal.author_id,
                proposal_id=proposal.id,
                cycle_id=proposal.cycle_id,
                author_id=proposal.author_id,
                code="2026-P001",
                title=proposal.title,
            )
        )


def decided(person, where, *, verified=True):
    with transaction():
        publish(
            ResidenceDecided(
                actor_id=None, person_id=person.id, neighborhood_id=where.id, verified=verified, note="words of a clerk"
            )
        )


def messages():
    db.session.rollback()
    return db.session.scalars(sa.select(Message).order_by(Message.id)).all()


def test_the_author_hears_that_a_proposal_is_in(app, mailbox):
    proposal = make.proposal(author=make.person(public_name="Ada", email="ada@example.org"), title="Lamps on Mill Lane")
    submitted(proposal)
    mail = mailbox.newest()
    assert mail.to == ["ada@example.org"] and mail.subject == "We have your proposal: Lamps on Mill Lane"
    assert "Hello Ada" in mail.body and f"http://127.0.0.1:8000/proposals/{proposal.id}" in mail.body


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision.FEASIBLE, "is feasible"),
        (Decision.NEEDS_CHANGES, "needs changes"),
        (Decision.NOT_FEASIBLE, "cannot go on the ballot"),
    ],
)
def test_the_author_hears_what_the_officer_decided_and_why(app, mailbox, decision, words):
    proposal, reason = make.proposal(), next(iter(Reason))
    review = Review(proposal=proposal, officer=make.person(), decision=decision, reason=reason, explanation="Because.")
    with transaction():
        review.decided_at = proposal.created_at
        db.session.add(review)
        db.session.flush()
        facts = {"proposal_id": proposal.id, "cycle_id": proposal.cycle_id, "author_id": proposal.author_id}
        said = {"decision": decision, "reason": reason, "title": "", "explanation": "Because."}
        publish(ProposalReviewed(actor_id=None, review_id=review.id, cost_cents=None, **facts, **said))
    assert words in mailbox.newest().body and "Because." in mailbox.newest().body


def test_everybody_on_the_ballot_hears_the_result(app, mailbox, monkeypatch):
    cycle = make.cycle()
    won, lost = (make.proposal(within=cycle, stage=stage) for stage in (Stage.FUNDED, Stage.NOT_FUNDED))
    make.proposal(within=cycle)
    option = FundedOption(proposal_id=won.id, number=1, title="", summary="", cost_cents=1)
    with transaction():
        services.tell_result_certified(ResultCertified(actor_id=None, cycle_id=cycle.id, result_id=1, funded=(option,)))
    heard = {mail.to[0]: mail.subject.partition(":")[0] for mail in mailbox.all()}
    assert heard == {won.author.email: "Funded", lost.author.email: "Not funded this time"}


def test_nothing_is_written_about_what_did_not_happen(app, mailbox):
    person, where = make.person(), make.neighborhood()
    with pytest.raises(RuntimeError), transaction():
        decided(person, where)
        raise RuntimeError
    assert messages() == [] and mailbox.all() == []


def test_the_outbox_keeps_ids_and_no_words(app):
    decided(make.person(), make.neighborhood())
    assert set(messages()[0].facts) == {"neighborhood_id", "verified"}


def test_the_mail_is_in_the_readers_language_even_from_a_worker(app, mailbox, monkeypatch):
    asked = []
    real = services.mail.send
    monkeypatch.setattr(
        services.mail, "send", lambda *a, locale, **k: (asked.append(locale), real(*a, locale=locale, **k))
    )
    decided(make.person(locale="es"), make.neighborhood())
    mailbox.all()
    assert asked == ["es"]


def test_a_mail_is_sent_once_however_often_its_job_is_swept(app, mailbox):
    decided(make.person(), make.neighborhood())
    assert len(mailbox.all()) == 1
    with transaction():
        db.session.execute(sa.update(Job).values(stage=JobStage.WAITING))
    assert len(mailbox.all()) == 1 and messages()[0].sent_at is not None


def test_a_mail_the_server_did_not_take_is_tried_again(app, mailbox, monkeypatch):
    decided(make.person(), make.neighborhood())
    with monkeypatch.context() as broken:
        broken.setattr(services.mail, "send", lambda *a, **k: 1 / 0)
        run_waiting()
    assert messages()[0].sent_at is None
    assert len(mailbox.all()) == 1


def test_a_mail_sent_again_after_a_kill_has_the_same_message_id(app, mailbox, monkeypatch):
    decided(make.person(), make.neighborhood())
    mailbox.all()
    with transaction():
        db.session.execute(sa.update(Job).values(stage=JobStage.WAITING))
        db.session.execute(sa.update(Message).values(sent_at=None))
    first, second = mailbox.all()
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_nobody_with_a_closed_account_gets_mail(app, mailbox):
    decided(make.person(active=False), make.neighborhood())
    assert mailbox.all() == []


def test_the_other_members_of_a_board_hear_that_something_waits_for_them(app, mailbox):
    cycle = make.votable_cycle(name="Riverside 2026")
    first, second, _observer = make.board_of(cycle.id)
    asked = request(cycle.id, ActKind.FIX, {}, by=first)
    told = [message for message in messages() if message.kind == "board_asked"]
    assert [message.person_id for message in told] == [second.id]
    mail = mailbox.newest()
    assert mail.subject == "The board is asked: Fix the ballot"
    assert f"/voting/{cycle.id}/board/{asked.hex()}" in mail.body
