"""What can have happened to a question."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.questions.rules import Channel, DeclineReason, Removed, Verdict
from app.taskforces.seats.rules import Side


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(Event):
    """Somebody asked; without an account there is no actor. At the desk the actor is whoever typed it in."""

    question_id: int
    number: int
    neighborhood_id: int
    project_id: int | None
    task_force_id: int | None
    area_id: int | None
    meeting_id: int | None
    channel: Channel
    due_on: date
    text: str = free_text()


@dataclass(frozen=True, kw_only=True)
class QuestionAccepted(Event):
    """It was read and is public now."""

    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionDeclined(Event):
    """It is not answered here, and everybody can read why."""

    question_id: int
    reason: DeclineReason
    words: str = free_text()


@dataclass(frozen=True, kw_only=True)
class QuestionMerged(Event):
    """It is answered together with another one."""

    question_id: int
    into_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionAssigned(Event):
    """Somebody owns it now; the day by which it is due stays."""

    question_id: int
    owner_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionRedacted(Event):
    """Words were taken out of it."""

    question_id: int
    why: Removed
    passages: int


@dataclass(frozen=True, kw_only=True)
class AnswerDrafted(Event):
    """Somebody wrote at an answer that is not public yet."""

    question_id: int
    plain: str = free_text()


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(Event):
    """A named person answered."""

    question_id: int
    answer_id: int
    turn: int
    due_on: date
    answered_on: date
    plain: str = free_text()
    full: str = free_text()


@dataclass(frozen=True, kw_only=True)
class AnswerRated(Event):
    """Whoever asked said whether that answers it, and the question is closed."""

    question_id: int
    answer_id: int
    verdict: Verdict
    missing: str = free_text()


@dataclass(frozen=True, kw_only=True)
class QuestionEscalated(Event):
    """Whoever asked said that it does not answer it; the other co-chair answers by a new day."""

    question_id: int
    answer_id: int
    side: Side | None
    owner_id: int | None
    due_on: date
    missing: str = free_text()


@dataclass(frozen=True, kw_only=True)
class QuestionFellSilent(Event):
    """Whoever asked did not rate the answer; the clock closed the question."""

    question_id: int
    rule: int


@dataclass(frozen=True, kw_only=True)
class AnswerPassedOn(Event):
    """The desk told whoever asked on paper."""

    question_id: int


@dataclass(frozen=True, kw_only=True)
class QuestionContactForgotten(Event):
    """How to reach whoever asked is kept no longer; the clock took it out."""

    question_id: int
    rule: int
