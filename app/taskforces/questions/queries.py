"""Reading questions: the public list, one question with its answers, and what waits for somebody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core.clock import today
from app.core.db import db
from app.core.errors import NotFound
from app.cycles.models import Cycle
from app.places.models import Area, Neighborhood
from app.taskforces.meetings.models import Meeting
from app.taskforces.meetings.rules import code as meeting_code
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import code as project_code
from app.taskforces.questions.models import Answer, Question
from app.taskforces.questions.policies import Standing
from app.taskforces.questions.rules import (
    Channel,
    DeclineReason,
    Stage,
    Subject,
    code,
    is_overdue,
    shows_words,
)
from app.taskforces.seats import queries as seats
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import Side
from app.taskforces.taking.models import Remit


@dataclass(frozen=True, kw_only=True)
class QuestionRow:
    """A question in a list; `words` is None where they are not public."""

    id: int
    number: int
    neighborhood_id: int
    neighborhood: str
    neighborhood_slug: str
    subject: Subject
    about: str
    project_id: int | None
    task_force_slug: str | None
    area_id: int | None
    meeting_id: int | None
    body: str | None
    """The task force that it goes to; None: the office of the neighborhood."""
    body_slug: str | None
    stage: Stage
    channel: Channel
    language: str
    words: str | None
    public_name: str | None
    asked_on: date
    due_on: date
    owner: str | None
    answered_on: date | None
    waited_days: int | None
    escalated_on: date | None
    escalated_side: Side | None
    decline_reason: DeclineReason | None
    declined_words: str | None
    merged_into: int | None
    ended_on: date | None
    today: date

    @property
    def code(self) -> str:
        """Its public number."""
        return code(self.number)

    @property
    def overdue(self) -> bool:
        """Whether somebody waits past the day."""
        return is_overdue(self.stage, self.due_on, self.today)

    @property
    def days_over(self) -> int:
        """By how many calendar days."""
        return (self.today - self.due_on).days if self.overdue else 0


def by_number(number: int) -> Question:
    """The row of a question; NotFound for an unknown number."""
    row = db.session.scalar(sa.select(Question).where(Question.number == number))
    if row is None:
        raise NotFound
    return row


def number_of(question_id: int) -> int:
    """The number of a question."""
    return db.session.get_one(Question, question_id).number


def standing_of(row: Question) -> Standing:
    """What matters about a question when somebody wants to do something with it, today where it was asked."""
    chairs = leading(body_of(row), today(row.neighborhood.time_zone))
    return Standing(
        neighborhood_id=row.neighborhood_id,
        stage=row.stage,
        channel=row.channel,
        asker_id=row.asker_id,
        owner_id=row.owner_id,
        co_chair_ids=frozenset(chairs),
        other_chair_ids=frozenset(id_ for id_, side in chairs.items() if side is row.escalated_side) - {row.asker_id},
        answered_by=frozenset(answer.person_id for answer in row.answers),
    )


def leading(body: int | None, on: date) -> dict[int, Side]:
    """Who leads a task force on a day and for which side, by their id: its co-chairs, then deputies of absent ones."""
    if body is None:
        return {}
    chairs = {seat.person_id: seat.side for seat in seats.co_chairs([body], on)}
    return chairs | {pen.person_id: pen.side for pen in seats.signers([body], on) if pen.as_deputy}


def shown_name(person_id: sa.SQLColumnExpression[Any], name: sa.SQLColumnExpression[str]) -> sa.ColumnElement[str]:
    """What the public reads of somebody: of whoever has a youth seat the first name only (rule 32)."""
    shown = sa.select(sa.func.min(Seat.shown_as)).where(Seat.person_id == person_id).scalar_subquery()
    return sa.func.coalesce(shown, name)


def body_of(row: Question) -> int | None:
    """The task force a question goes to: its own, its project's, its meeting's, or whose remit its area is."""
    if row.task_force_id is not None:
        return row.task_force_id
    if row.project is not None:
        return row.project.task_force_id
    if row.meeting is not None:
        return row.meeting.task_force_id
    return db.session.scalar(sa.select(Remit.task_force_id).where(Remit.area_id == row.area_id))


def story(row: Question) -> int:
    """How much there is to tell whoever asked: a refusal or a first answer is 1, a second answer 2, nothing yet 0.

    Of a question that was merged it is the answers to the one it went into.
    """
    answers = sa.select(sa.func.count()).where(Answer.question_id == (row.merged_into_id or row.id))
    return max(db.session.scalar(answers) or 0, 1 if row.stage is Stage.DECLINED else 0)


def body_id() -> sa.ColumnElement[int | None]:
    """The task force a question goes to, for a query that is `joined`: as `body_of` finds it."""
    return sa.func.coalesce(Question.task_force_id, Project.task_force_id, Meeting.task_force_id, Remit.task_force_id)


def joined(query: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    """A query about questions with what `body_id` and the filters need."""
    return (
        query.join(Neighborhood, Neighborhood.id == Question.neighborhood_id)
        .outerjoin(Project, Project.id == Question.project_id)
        .outerjoin(Meeting, Meeting.id == Question.meeting_id)
        .outerjoin(Remit, Remit.area_id == Question.area_id)
    )


def selected() -> sa.Select[*tuple[Any, ...]]:
    """Everything `public_row` and `full_row` make a row of."""
    about, body, owner, into = aliased(TaskForce), aliased(TaskForce), aliased(Person), aliased(Question)
    query = sa.select(Question, Neighborhood, Project, Cycle.year, about, Area, Meeting, body.name, body.slug)
    query = query.add_columns(shown_name(Question.owner_id, owner.public_name))
    return (
        joined(query.add_columns(into.number).select_from(Question))
        .outerjoin(Cycle, Cycle.id == Project.cycle_id)
        .outerjoin(about, about.id == Question.task_force_id)
        .outerjoin(Area, Area.id == Question.area_id)
        .outerjoin(body, body.id == body_id())
        .outerjoin(owner, owner.id == Question.owner_id)
        .outerjoin(into, into.id == Question.merged_into_id)
    )


def public_row(*found: Any) -> QuestionRow:
    """A question as everybody may read it."""
    asked: Question = found[0]
    return row_of(*found, sees=shows_words(asked.stage, asked.decline_reason))


def full_row(*found: Any) -> QuestionRow:
    """A question with its words, for those who handle it or asked it."""
    return row_of(*found, sees=True)


def row_of(
    asked: Question,
    where: Neighborhood,
    project: Project | None,
    year: int | None,
    force: TaskForce | None,
    area: Area | None,
    meeting: Meeting | None,
    *names: Any,
    sees: bool,
) -> QuestionRow:
    body, body_slug, owner, into = names
    subject, about = _about(where, project, year, force or area or meeting)
    same = ["id", "number", "neighborhood_id", "project_id", "area_id", "meeting_id", "stage", "channel", "language"]
    same += ["asked_on", "due_on", "answered_on", "waited_days", "escalated_on", "escalated_side", "decline_reason"]
    return QuestionRow(
        **{name: getattr(asked, name) for name in (*same, "declined_words", "ended_on")},
        neighborhood=where.name,
        neighborhood_slug=where.slug,
        subject=subject,
        about=about,
        task_force_slug=force.slug if force else None,
        body=body,
        body_slug=body_slug,
        words=asked.shown_text if sees else None,
        public_name=asked.public_name if sees else None,
        owner=owner,
        merged_into=into,
        today=today(where.time_zone),
    )


def _about(
    where: Neighborhood, project: Project | None, year: int | None, thing: TaskForce | Area | Meeting | None
) -> tuple[Subject, str]:
    if project is not None and year is not None:
        return Subject.PROJECT, f"{project_code(year, project.number)} {project.title}"
    if isinstance(thing, Meeting):
        return Subject.MEETING, f"{meeting_code(thing.task_force_id, thing.number)} {thing.title}"
    if isinstance(thing, TaskForce):
        return Subject.TASK_FORCE, thing.name
    return (Subject.AREA, thing.name) if isinstance(thing, Area) else (Subject.NEIGHBORHOOD, where.name)
