"""Reading one question: its answers, what was done to it, and what this viewer may do next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Actor
from app.core.db import db
from app.core.moments import day_in
from app.core.paging import Rows
from app.taskforces.questions import policies
from app.taskforces.questions.models import (
    Answer,
    AnswerDraft,
    AnswerRating,
    Question,
    QuestionContact,
    QuestionRedaction,
)
from app.taskforces.questions.queries import QuestionRow, by_number, row_of, selected, shown_name, standing_of, story
from app.taskforces.questions.rules import Act, Removed, Verdict, after, shows_words
from app.taskforces.seats.rules import Side


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """An answer and what whoever asked said about it; `missing` only for whoever handles the question."""

    id: int
    turn: int
    plain: str
    full: str | None
    name: str
    side: Side
    due_on: date
    answered_on: date
    verdict: Verdict | None
    missing: str | None
    at_desk: bool
    """Whether a clerk wrote down the verdict as they were told it."""

    @property
    def days_late(self) -> int:
        """How many calendar days after its day it came; 0 in time."""
        return max(0, (self.answered_on - self.due_on).days)


@dataclass(frozen=True, kw_only=True)
class DraftRow:
    """An answer that is being written."""

    plain: str
    full: str
    name: str
    written_at: datetime


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    """Everything one viewer may read about a question, and what they may do."""

    row: QuestionRow
    answers: tuple[AnswerRow, ...]
    merged: tuple[int, ...]
    """The numbers of the questions that are answered with it."""
    redactions: tuple[tuple[Removed, int, date], ...]
    """Why words were taken out, how many passages, and on which day where it was asked."""
    may: frozenset[Act]
    draft: DraftRow | None
    reach: str | None
    """How the desk reaches whoever asked, where they have something to tell."""
    handles: bool
    original: str | None
    """As it was asked, where words were taken out; for those who handle it or watch."""


def question(number: int, viewer: Actor | None, *, holds_link: bool = False) -> QuestionPage:
    """One question as this viewer may read it; NotFound for an unknown number."""
    row = by_number(number)
    of = standing_of(row)
    held = policies.parts(viewer, of, holds_link=holds_link)
    handles = policies.Part.HANDLER in held or policies.Part.OWNER in held
    are_public = shows_words(row.stage, row.decline_reason)
    sees = policies.sees_words(viewer, of, are_public=are_public, holds_link=holds_link)
    found = db.session.execute(selected().where(Question.id == row.id)).one()
    contact = db.session.get(QuestionContact, row.id) if policies.Part.DESK in held else None
    return QuestionPage(
        row=row_of(*found, sees=sees),
        answers=_answers(row.id, tells_missing=handles),
        merged=tuple(_merged(row.id)),
        redactions=_redactions(row.id, row.neighborhood.time_zone),
        may=frozenset(act for act in Act if after(row.stage, act) is not None and policies.may(act, held)),
        draft=_draft(row.id) if handles else None,
        reach=contact.otherwise if contact and contact.passed_on < story(row) else None,
        handles=handles,
        original=row.text if row.text != row.shown_text and (handles or policies.watches(viewer, of)) else None,
    )


def public_answers(question_ids: Collection[int]) -> dict[int, tuple[AnswerRow, ...]]:
    """The answers to these questions as everybody may read them, by the question's id, in one statement."""
    found: dict[int, tuple[AnswerRow, ...]] = {}
    for answer, name, rating in db.session.execute(_given(Answer.question_id.in_(question_ids))):
        row = _answer(answer, name, rating, tells_missing=False)
        found[answer.question_id] = (*found.get(answer.question_id, ()), row)
    return found


def _answers(question_id: int, *, tells_missing: bool) -> tuple[AnswerRow, ...]:
    rows = db.session.execute(_given(Answer.question_id == question_id))
    return tuple(_answer(*found, tells_missing=tells_missing) for found in rows)


def _given(condition: sa.ColumnElement[bool]) -> Rows:
    return (
        sa.select(Answer, shown_name(Answer.person_id, Person.public_name), AnswerRating)
        .join(Person, Person.id == Answer.person_id)
        .outerjoin(AnswerRating, AnswerRating.answer_id == Answer.id)
        .where(condition)
        .order_by(Answer.turn)
    )


def _answer(answer: Answer, name: str, rating: AnswerRating | None, *, tells_missing: bool) -> AnswerRow:
    same = ("id", "turn", "plain", "full", "side", "due_on", "answered_on")
    return AnswerRow(
        **{column: getattr(answer, column) for column in same},
        name=name,
        verdict=rating.verdict if rating else None,
        missing=rating.missing if rating and tells_missing else None,
        at_desk=rating is not None and rating.entered_by_id is not None,
    )


def _merged(question_id: int) -> list[int]:
    query = sa.select(Question.number).where(Question.merged_into_id == question_id).order_by(Question.number)
    return list(db.session.scalars(query))


def _redactions(question_id: int, zone: str) -> tuple[tuple[Removed, int, date], ...]:
    query = sa.select(QuestionRedaction.why, QuestionRedaction.passages, QuestionRedaction.removed_at)
    rows = db.session.execute(query.where(QuestionRedaction.question_id == question_id).order_by(QuestionRedaction.id))
    return tuple((why, passages, day_in(zone, at)) for why, passages, at in rows)


def _draft(question_id: int) -> DraftRow | None:
    name = shown_name(AnswerDraft.person_id, Person.public_name)
    query = sa.select(AnswerDraft.plain, AnswerDraft.full, name, AnswerDraft.written_at)
    query = query.join(Person, Person.id == AnswerDraft.person_id).where(AnswerDraft.question_id == question_id)
    found = db.session.execute(query).first()
    return DraftRow(plain=found[0], full=found[1], name=found[2], written_at=found[3]) if found else None
