"""Reading what a task force owes to people: questions and answers, meetings and who came, seats, interests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.db import db
from app.core.moments import day_in
from app.reports.progress.works.rules import is_within
from app.reports.rules import Period
from app.taskforces.interests import queries as interests
from app.taskforces.interests.rules import Effect
from app.taskforces.meetings import queries as meetings
from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import HERE, MeetingKind, MeetingStage, Presence
from app.taskforces.meetings.sessions import queries as sessions
from app.taskforces.meetings.sessions.queries import PlaceRow
from app.taskforces.queries import TaskForceFacts
from app.taskforces.questions.models import Answer, AnswerRating, Question
from app.taskforces.questions.queries import QuestionRow, body_id, public_row, selected, shown_name
from app.taskforces.questions.rules import OPEN, DeclineReason, Stage, Verdict
from app.taskforces.seats import queries as seats
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.signing.escalating import queries as escalating
from app.taskforces.signing.rules import MatterKind


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """An answer in plain words, and what whoever asked says of it."""

    plain: str
    name: str
    side: Side
    answered_on: date
    verdict: Verdict | None


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    """A question as everybody may read it; `words` is None where they are not public."""

    code: str
    about: str
    language: str
    words: str | None
    public_name: str | None
    owner: str | None
    asked_on: date
    due_on: date
    answered_on: date | None
    stage: Stage
    days_over: int
    decline_reason: DeclineReason | None
    declined_words: str | None
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """A meeting of the quarter: whether it was held, and with which quorum."""

    code: str
    title: str
    kind: MeetingKind
    held_on: date
    stage: MeetingStage
    chairing_side: Side
    needed: int | None
    community: int | None
    institution: int | None
    is_quorate: bool | None


@dataclass(frozen=True, kw_only=True)
class SeatLine:
    """A seat and how often its holder came to the meetings of the quarter."""

    name: str
    kind: SeatKind
    side: Side
    meetings: int
    present: int
    apologies: int
    absent: int


@dataclass(frozen=True, kw_only=True)
class ChairLine:
    """Who leads a side; a vacant seat has no name."""

    side: Side
    name: str | None
    nominated_by: str | None


@dataclass(frozen=True, kw_only=True)
class VacancyLine:
    """A leading seat without a holder, and since when (None: it never had one)."""

    kind: SeatKind
    side: Side
    vacant_since_on: date | None


@dataclass(frozen=True, kw_only=True)
class InterestLine:
    """What somebody with a seat has declared."""

    name: str
    about: str
    text: str
    effect: Effect
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """What a side has asked the council to decide."""

    kind: MatterKind
    project_id: int | None
    side: Side
    asked_by: str
    asked_on: date
    reason: str
    lapsed_on: date | None
    """Its last day to decide, where that has passed without a decision."""


def questions(task_force_id: int, period: Period, on: date) -> list[QuestionLine]:
    """The questions to a task force that wait, and those asked, answered or ended in the quarter; the overdue first."""
    days = Question.asked_on, Question.answered_on, Question.ended_on
    lately = [sa.and_(day >= period.first_on, day <= period.last_on) for day in days]
    query = selected().where(body_id() == task_force_id, sa.or_(Question.stage.in_(OPEN), *lately))
    rows = [public_row(*found) for found in db.session.execute(query.order_by(Question.number))]
    said = _answers([row.id for row in rows]) if rows else {}
    return [_question(row, tuple(said.get(row.id, ()))) for row in sorted(rows, key=lambda row: -row.days_over)]


def held(body: TaskForceFacts, period: Period, on: date) -> tuple[list[MeetingLine], list[SeatLine]]:
    """The meetings of the quarter that were announced, and how often the holders of seats came."""
    since = datetime.combine(period.first_on, time(), UTC) - timedelta(days=1)
    rows = [row for row in meetings.for_calendar(since, body.id) if is_within(period, row.day) and row.day <= on]
    came: dict[int, list[PlaceRow]] = {}
    for row in reversed(rows):
        for place in sessions.places(row) if row.has_ended else ():
            came.setdefault(place.seat.id, []).append(place)
    return [_meeting(row) for row in reversed(rows)], [_seat(places) for places in came.values()]


def chairs(body: TaskForceFacts, on: date) -> list[ChairLine]:
    """Who leads both sides on a day."""
    held = {row.side: row for row in seats.co_chairs([body.id], on)}
    return [
        ChairLine(
            side=side,
            name=held[side].name if side in held else None,
            nominated_by=held[side].nominated_by if side in held else None,
        )
        for side in Side
    ]


def vacancies(body: TaskForceFacts, on: date) -> list[VacancyLine]:
    """The leading seats of a task force that nobody holds."""
    found = seats.seats(body.id, constituted_on=body.constituted_on, on=on)
    return [
        VacancyLine(kind=each.kind, side=each.side, vacant_since_on=each.vacant_since)
        for each in found.chairs + found.deputies
        if each.holder is None
    ]


def declared(body: TaskForceFacts, period: Period, on: date) -> list[InterestLine]:
    """The interests that holders of seats had in the quarter."""
    names = seats.seats(body.id, constituted_on=body.constituted_on, on=on).names
    return [
        InterestLine(
            name=names[row.declared.person_id],
            about=row.about,
            text=row.text,
            effect=row.declared.effect,
            starts_on=row.declared.starts_on,
            ends_on=row.declared.ends_on,
        )
        for row in interests.interests(list(names))
        if row.declared.starts_on <= period.last_on
        and (row.declared.ends_on is None or row.declared.ends_on >= period.first_on)
    ]


def asked_of_council(body: TaskForceFacts, period: Period) -> list[AskedLine]:
    """What the council was asked to decide for this task force: what waits, and what lapsed in the quarter (rule 5)."""
    waits = [row for row in escalating.waiting([body.neighborhood_id]) if body.id in row.task_force_ids]
    found = []
    for row in waits + escalating.lapsed(body.id, period.first_on, period.last_on):
        told = escalating.of_agreement(row.id)
        if told is not None:
            found.append(
                AskedLine(
                    kind=row.kind,
                    project_id=row.project_id,
                    side=told.side,
                    asked_by=told.asked_by,
                    asked_on=day_in(row.time_zone, told.asked_at),
                    reason=told.reason,
                    lapsed_on=told.due_on if told.lapsed_at else None,
                )
            )
    return found


def _answers(question_ids: Sequence[int]) -> dict[int, list[AnswerLine]]:
    query = (
        sa.select(Answer, shown_name(Answer.person_id, Person.public_name), AnswerRating.verdict)
        .join(Person, Person.id == Answer.person_id)
        .outerjoin(AnswerRating, AnswerRating.answer_id == Answer.id)
        .where(Answer.question_id.in_(question_ids))
        .order_by(Answer.question_id, Answer.turn)
    )
    found: dict[int, list[AnswerLine]] = {}
    for row, name, verdict in db.session.execute(query):
        line = AnswerLine(plain=row.plain, name=name, side=row.side, answered_on=row.answered_on, verdict=verdict)
        found.setdefault(row.question_id, []).append(line)
    return found


_SAME = (
    "code about language words public_name owner asked_on due_on answered_on stage days_over decline_reason"
    " declined_words"
).split()


def _question(row: QuestionRow, answers: tuple[AnswerLine, ...]) -> QuestionLine:
    return QuestionLine(**{name: getattr(row, name) for name in _SAME}, answers=answers)


def _meeting(row: MeetingFacts) -> MeetingLine:
    quorum = row.quorum
    return MeetingLine(
        code=row.code,
        title=row.title,
        kind=row.kind,
        held_on=row.day,
        stage=row.stage,
        chairing_side=row.chairing_side,
        needed=quorum.needed if quorum else None,
        community=quorum.community if quorum else None,
        institution=quorum.institution if quorum else None,
        is_quorate=quorum.is_met if quorum else None,
    )


def _seat(places: Sequence[PlaceRow]) -> SeatLine:
    seat = places[0].seat
    return SeatLine(
        name=seat.name,
        kind=seat.kind,
        side=seat.side,
        meetings=len(places),
        present=sum(each.presence in HERE for each in places),
        apologies=sum(each.presence is Presence.APOLOGY for each in places),
        absent=sum(each.presence is Presence.ABSENT for each in places),
    )
