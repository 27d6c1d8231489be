"""Telling whoever asked: a job mails those who left an address, the desk notes whom it told, the clock forgets both."""

from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa

from app.core import mail
from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.events import publish
from app.core.jobs import Lease, enqueue
from app.core.languages import LANGUAGES
from app.core.tokens import sign
from app.taskforces.questions.events import (
    AnswerPassedOn,
    QuestionAnswered,
    QuestionAsked,
    QuestionContactForgotten,
    QuestionDeclined,
    QuestionMerged,
)
from app.taskforces.questions.models import Question, QuestionContact
from app.taskforces.questions.queries import story
from app.taskforces.questions.rules import ENDED, FORGET_AFTER, RULE, Act, Stage, WhyNot, code
from app.taskforces.questions.services import opened, refused

TELL = "questions.tell"
LINK = "question"
"""The purpose under which the private link of whoever asked is signed."""
PAPER_KEPT = timedelta(days=60)
"""So long the desk has to tell whoever asked on paper, after the end of their question."""


def leave(event: QuestionAsked | QuestionAnswered | QuestionDeclined | QuestionMerged) -> None:
    """Whoever asked, and left an address, hears of it."""
    enqueue(TELL, question_id=event.question_id, event=type(event).__name__)


def tell(lease: Lease) -> None:
    """The job: one mail to whoever asked; an answer goes to those whose question was merged into it as well."""
    row = db.session.get_one(Question, int(lease.arguments["question_id"]))
    kind = KINDS[str(lease.arguments["event"])]
    for contact in _contacts(row, with_merged=kind == "question_answered"):
        _send(kind, row, contact)
    with lease.finishing():
        pass


def pass_on(number: int, *, by: Actor) -> Question:
    """Note that the desk has told whoever asked on paper what became of their question."""
    with transaction():
        row = opened(number, Act.PASS_ON, by=by)
        contact = locked(QuestionContact, row.id)
        if contact is None or contact.otherwise is None:
            raise refused(WhyNot.NOTHING_TO_PASS_ON)
        if contact.passed_on >= story(row):
            raise refused(WhyNot.PASSED_ON)
        contact.passed_on = story(row)
        publish(AnswerPassedOn(actor_id=by.id, question_id=row.id))
    return row


def forget_contacts(neighborhood_id: int, on: date) -> None:
    """The clock: how to reach whoever asked is kept two weeks past the end, for the desk two months (rule 31)."""
    into = sa.orm.aliased(Question)
    ended = sa.case((Question.stage == Stage.MERGED, into.ended_on), else_=Question.ended_on)
    long = sa.case((QuestionContact.email.is_(None), on - PAPER_KEPT), else_=on - FORGET_AFTER)
    gone = (
        sa.select(QuestionContact.question_id)
        .join(Question, Question.id == QuestionContact.question_id)
        .outerjoin(into, into.id == Question.merged_into_id)
        .where(Question.neighborhood_id == neighborhood_id, Question.stage.in_(ENDED), ended < long)
    )
    for id_ in db.session.scalars(gone.order_by(QuestionContact.question_id)).all():
        with transaction():
            contact = locked(QuestionContact, id_)
            if contact is not None:
                db.session.delete(contact)
                db.session.flush()
                publish(QuestionContactForgotten(actor_id=None, question_id=id_, rule=RULE))


def link_of(number: int) -> str:
    """What whoever asked shows to prove it: signed by this site, so that nothing is kept about it."""
    return sign(LINK, number)


KINDS = {
    QuestionAsked.__name__: "question_received",
    QuestionAnswered.__name__: "question_answered",
    QuestionDeclined.__name__: "question_declined",
    QuestionMerged.__name__: "question_merged",
}


def _contacts(row: Question, *, with_merged: bool) -> Iterable[QuestionContact]:
    theirs = QuestionContact.question_id == row.id
    if with_merged:
        merged = sa.select(Question.id).where(Question.merged_into_id == row.id)
        theirs = sa.or_(theirs, QuestionContact.question_id.in_(merged))
    query = sa.select(QuestionContact).where(theirs, QuestionContact.email.is_not(None))
    return db.session.scalars(query.order_by(QuestionContact.question_id)).all()


def _send(kind: str, row: Question, contact: QuestionContact) -> None:
    own = contact.question
    newest = row.answers[-1] if row.answers else None
    into = db.session.get(Question, row.merged_into_id) if row.merged_into_id else None
    locale = own.language if own.language in LANGUAGES else "en"
    facts = {
        "code": code(own.number),
        "number": row.number,
        "token": link_of(own.number),
        "is_own": own.id == row.id,
        "due_on": row.due_on,
        "answer": newest.plain if newest else "",
        "declined_words": row.declined_words or "",
        "into": into.number if into else None,
    }
    key = f"question-{own.id}-{kind}-{len(row.answers)}"
    mail.send(kind, to=contact.email or "", locale=locale, facts=facts, message_id=key)
