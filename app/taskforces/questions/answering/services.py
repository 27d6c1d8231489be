"""The verbs of answering: write at a draft, answer, rate; and the clock that closes what nobody rates."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.events import publish
from app.places.workdays import queries as workdays
from app.places.workdays.rules import working_days_between
from app.taskforces.questions.events import (
    AnswerDrafted,
    AnswerRated,
    QuestionAnswered,
    QuestionEscalated,
    QuestionFellSilent,
)
from app.taskforces.questions.models import Answer, AnswerDraft, AnswerRating, Question
from app.taskforces.questions.queries import body_of, leading
from app.taskforces.questions.rules import RULE, SILENCE, Act, Channel, Stage, Verdict, act_of, is_silent
from app.taskforces.questions.services import due_from, move, opened, today_at
from app.taskforces.seats.rules import Side


@dataclass(frozen=True, kw_only=True)
class WriteAnswer:
    """The answer in plain words, and in full where plain words leave something out."""

    plain: str
    full: str = ""


@dataclass(frozen=True, kw_only=True)
class RateAnswer:
    """Whether the answer answers the question, and what is still missing."""

    verdict: Verdict
    missing: str = ""


def draft(number: int, command: WriteAnswer, *, by: Actor) -> None:
    """Keep an answer that is not ready: who owns a question without being a co-chair writes it for one to publish."""
    with transaction():
        row = opened(number, Act.DRAFT, by=by)
        facts = {"plain": command.plain, "full": command.full, "person_id": by.id, "written_at": now()}
        db.session.merge(AnswerDraft(question_id=row.id, **facts))
        db.session.flush()
        publish(AnswerDrafted(actor_id=by.id, question_id=row.id, plain=command.plain))


def answer(number: int, command: WriteAnswer, *, by: Actor) -> Answer:
    """Answer under one's own name; lateness stops today, and an answer is never changed."""
    with transaction():
        row = opened(number, Act.ANSWER, by=by)
        here = today_at(row)
        made = Answer(
            question_id=row.id,
            turn=len(row.answers) + 1,
            plain=command.plain,
            full=command.full or None,
            person_id=by.id,
            side=_side_of(row, by.id, here),
            due_on=row.due_on,
            answered_on=here,
            answered_at=now(),
        )
        waited = working_days_between(row.asked_on, here, workdays.days_off(row.neighborhood_id))
        first = waited if row.waited_days is None else row.waited_days
        move(row, Act.ANSWER, answered_on=here, waited_days=first)
        db.session.execute(sa.delete(AnswerDraft).where(AnswerDraft.question_id == row.id))
        db.session.add(made)
        db.session.flush()
        _publish(made, by)
    return made


def rate(number: int, command: RateAnswer, *, by: Actor | None, holds_link: bool = False) -> Question:
    """Say whether the answer answers it: that closes the question, or takes it to the other co-chair, once."""
    with transaction():
        row = opened(number, Act.RATE, by=by, holds_link=holds_link)
        given = row.answers[-1]
        at_desk = row.channel is Channel.DESK and not holds_link and by is not None
        db.session.add(
            AnswerRating(
                answer_id=given.id,
                verdict=command.verdict,
                missing=command.missing or None,
                rated_on=today_at(row),
                entered_by_id=by.id if by and at_desk else None,
            )
        )
        if act_of(command.verdict, escalated=row.escalated_on is not None) is Act.ESCALATE:
            _escalate(row, given, command, by)
        else:
            _close(row, given, command, by)
    return row


def close_silent(neighborhood_id: int, on: date) -> None:
    """The clock: close each question whose answer nobody rated in fourteen days; it counts as not rated (rule 31)."""
    waits = sa.select(Question.id).where(
        Question.neighborhood_id == neighborhood_id,
        Question.stage == Stage.ANSWERED,
        Question.answered_on < on - SILENCE,
    )
    for id_ in db.session.scalars(waits.order_by(Question.id)).all():
        with transaction():
            row = locked(Question, id_)
            if row is not None and is_silent(row.stage, row.answered_on, on):
                move(row, Act.FALL_SILENT)
                publish(QuestionFellSilent(actor_id=None, question_id=row.id, rule=RULE))


def _close(row: Question, given: Answer, command: RateAnswer, by: Actor | None) -> None:
    move(row, Act.RATE)
    publish(
        AnswerRated(
            actor_id=by.id if by else None,
            question_id=row.id,
            answer_id=given.id,
            verdict=command.verdict,
            missing=command.missing,
        )
    )


def _escalate(row: Question, given: Answer, command: RateAnswer, by: Actor | None) -> None:
    """To the co-chair of the side that has not answered (or their deputy), with ten working days of their own."""
    here, body = today_at(row), body_of(row)
    side = None if body is None else _other(given.side)
    possible = [id_ for id_, theirs in leading(body, here).items() if theirs is side and id_ != row.asker_id]
    owner_id, due_on = possible[-1] if possible else None, due_from(row.neighborhood_id, here)
    move(row, Act.ESCALATE, escalated_on=here, escalated_side=side, owner_id=owner_id, due_on=due_on)
    publish(
        QuestionEscalated(
            actor_id=by.id if by else None,
            question_id=row.id,
            answer_id=given.id,
            side=side,
            owner_id=row.owner_id,
            due_on=row.due_on,
            missing=command.missing,
        )
    )


def _other(side: Side) -> Side:
    return Side.INSTITUTION if side is Side.COMMUNITY else Side.COMMUNITY


def _side_of(row: Question, person_id: int, on: date) -> Side:
    """The side for which somebody leads the task force; the office is the institution's."""
    return leading(body_of(row), on).get(person_id, Side.INSTITUTION)


def _publish(made: Answer, by: Actor) -> None:
    publish(
        QuestionAnswered(
            actor_id=by.id,
            question_id=made.question_id,
            answer_id=made.id,
            turn=made.turn,
            due_on=made.due_on,
            answered_on=made.answered_on,
            plain=made.plain,
            full=made.full or "",
        )
    )
