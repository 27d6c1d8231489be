"""The verbs of those who handle questions: accept, decline, merge, give to somebody, take words out."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.events import publish
from app.taskforces.questions.events import (
    QuestionAccepted,
    QuestionAssigned,
    QuestionDeclined,
    QuestionMerged,
    QuestionRedacted,
)
from app.taskforces.questions.handling.queries import possible_owners
from app.taskforces.questions.models import Question, QuestionRedaction
from app.taskforces.questions.rules import Act, DeclineReason, Removed, Stage, WhyNot, taken_out
from app.taskforces.questions.services import move, opened, refused


@dataclass(frozen=True, kw_only=True)
class Decline:
    """Why a question is not answered here, for everybody to read."""

    reason: DeclineReason
    words: str


@dataclass(frozen=True, kw_only=True)
class Redact:
    """The passages that are taken out, each as it stands in the question, and why."""

    passages: tuple[str, ...]
    why: Removed


def accept(number: int, owner_id: int | None = None, *, by: Actor) -> Question:
    """Make a question public, and give it to somebody where `owner_id` says to whom. Its day was set when it came."""
    with transaction():
        row = opened(number, Act.ACCEPT, by=by)
        move(row, Act.ACCEPT, handled_by_id=by.id)
        publish(QuestionAccepted(actor_id=by.id, question_id=row.id))
        if owner_id is not None:
            assign(number, owner_id, by=by)
    return row


def assign(number: int, owner_id: int, *, by: Actor) -> Question:
    """Give a question to somebody of its task force or of the office; the day it is due stays."""
    with transaction():
        row = opened(number, Act.ASSIGN, by=by)
        if owner_id == row.asker_id:
            raise refused(WhyNot.OWN, field="owner_id")
        if owner_id not in {each.id for each in possible_owners(row)}:
            raise refused(WhyNot.NOT_OWNER_HERE, field="owner_id")
        move(row, Act.ASSIGN, owner_id=owner_id)
        publish(QuestionAssigned(actor_id=by.id, question_id=row.id, owner_id=owner_id))
    return row


def decline(number: int, command: Decline, *, by: Actor) -> Question:
    """Say that a question is not answered here, and why; it stays on record (rule 31)."""
    with transaction():
        row = opened(number, Act.DECLINE, by=by)
        said = {"decline_reason": command.reason, "declined_words": command.words}
        move(row, Act.DECLINE, handled_by_id=by.id, **said)
        publish(QuestionDeclined(actor_id=by.id, question_id=row.id, reason=command.reason, words=command.words))
    return row


def merge(number: int, into_number: int, *, by: Actor) -> Question:
    """Answer a question together with another one of the neighborhood; what was merged into it goes along."""
    with transaction():
        _lock_in_order(number, into_number)
        row = opened(number, Act.MERGE, by=by)
        into = db.session.scalar(sa.select(Question).where(Question.number == into_number))
        _ensure_takes_in(row, into)
        assert into is not None
        move(row, Act.MERGE, merged_into_id=into.id, handled_by_id=by.id, owner_id=None)
        followers = sa.update(Question).where(Question.merged_into_id == row.id)
        db.session.execute(followers.values(merged_into_id=into.id))
        publish(QuestionMerged(actor_id=by.id, question_id=row.id, into_id=into.id))
    return row


def redact(number: int, command: Redact, *, by: Actor) -> Question:
    """Take words out, with a mark that everybody sees. Words about a person are not kept at all (rule 31)."""
    with transaction():
        row = opened(number, Act.REDACT, by=by)
        name = row.public_name or ""
        if any(each not in row.shown_text and each not in name for each in command.passages):
            raise refused(WhyNot.NOT_THERE, field="passages")
        row.shown_text = taken_out(row.shown_text, command.passages, command.why)
        if command.why is Removed.PERSONAL:
            row.text = taken_out(row.text, command.passages, command.why)
        if any(each in name for each in command.passages):
            row.public_name = None
        count = len(command.passages)
        noted = {"question_id": row.id, "person_id": by.id, "removed_at": now()}
        db.session.add(QuestionRedaction(why=command.why, passages=count, **noted))
        db.session.flush()
        publish(QuestionRedacted(actor_id=by.id, question_id=row.id, why=command.why, passages=count))
    return row


def _lock_in_order(*numbers: int) -> None:
    """Two questions that are merged into each other at once wait for each other in the same order."""
    both = sa.select(Question.id).where(Question.number.in_(numbers)).order_by(Question.id)
    for id_ in db.session.scalars(both).all():
        locked(Question, id_)


def _ensure_takes_in(row: Question, into: Question | None) -> None:
    if into is None or into.stage in (Stage.DECLINED, Stage.MERGED, Stage.RECEIVED):
        raise refused(WhyNot.MERGED_TARGET, field="into")
    if into.id == row.id:
        raise refused(WhyNot.ITSELF, field="into")
    if into.neighborhood_id != row.neighborhood_id:
        raise refused(WhyNot.ELSEWHERE, field="into")
