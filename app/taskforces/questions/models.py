"""Questions, their answers and drafts of them, ratings, and how to reach whoever asked."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, never_deleted, words
from app.places.models import Area, Neighborhood
from app.taskforces.meetings.models import Meeting
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project
from app.taskforces.questions.rules import Channel, DeclineReason, Removed, Stage, Verdict
from app.taskforces.seats.rules import Side

SUBJECTS = ("project", "task_force", "area", "meeting")
ONE_SUBJECT = " + ".join(f"CASE WHEN {each}_id IS NULL THEN 0 ELSE 1 END" for each in SUBJECTS)


class Question(Model):
    """What somebody asks about a project, a task force or a place; declined or merged, it never goes away."""

    __tablename__ = "question"
    __table_args__ = (
        sa.UniqueConstraint("number"),
        sa.CheckConstraint(f"{ONE_SUBJECT} <= 1", name="about_one_thing"),
        sa.CheckConstraint("(channel = 'desk') = (typed_by_id IS NOT NULL)", name="typed_in_at_the_desk"),
        sa.CheckConstraint("due_on > asked_on", name="due_after_it_was_asked"),
        sa.CheckConstraint(
            "(stage = 'declined') = (decline_reason IS NOT NULL)"
            " AND (decline_reason IS NULL) = (declined_words IS NULL)",
            name="declined_with_reason",
        ),
        sa.CheckConstraint("(stage = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_another"),
        sa.CheckConstraint("merged_into_id <> id", name="never_merged_into_itself"),
        sa.CheckConstraint("stage <> 'assigned' OR owner_id IS NOT NULL", name="assigned_to_somebody"),
        sa.CheckConstraint("owner_id <> asker_id", name="nobody_answers_themselves"),
        sa.CheckConstraint(
            "(stage IN ('answered', 'escalated', 'closed')) = (answered_on IS NOT NULL)"
            " AND (answered_on IS NULL) = (waited_days IS NULL)",
            name="answered_on_a_day",
        ),
        sa.CheckConstraint("stage <> 'escalated' OR escalated_on IS NOT NULL", name="escalated_on_a_day"),
        sa.CheckConstraint(
            "(stage IN ('closed', 'declined', 'merged')) = (ended_on IS NOT NULL)", name="ended_on_a_day"
        ),
        sa.Index("ix_question_neighborhood_id_stage", "neighborhood_id", "stage"),
        sa.Index("ix_question_project_id", "project_id"),
        sa.Index("ix_question_task_force_id", "task_force_id"),
        sa.Index("ix_question_area_id", "area_id"),
        sa.Index("ix_question_meeting_id", "meeting_id"),
        sa.Index("ix_question_asker_id", "asker_id"),
        sa.Index("ix_question_merged_into_id", "merged_into_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    task_force_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task_force.id"))
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("area.id"))
    meeting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id"))
    """With none of the four it is about the neighborhood."""
    channel: Mapped[Channel] = mapped_column(words(Channel, "channel_known"))
    language: Mapped[str] = mapped_column(sa.String(12))
    text: Mapped[str] = mapped_column(sa.Text)
    """As it was asked; where words were about a person, without them. Never public."""
    shown_text: Mapped[str] = mapped_column(sa.Text)
    """As everybody may read it once it is accepted."""
    public_name: Mapped[str | None] = mapped_column(sa.String(60))
    asker_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """The account behind it, never public; None for most who ask."""
    typed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    asked_on: Mapped[date]
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    stage: Mapped[Stage] = mapped_column(words(Stage, "stage_known"))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("question.id"))
    decline_reason: Mapped[DeclineReason | None] = mapped_column(words(DeclineReason, "decline_reason_known"))
    declined_words: Mapped[str | None] = mapped_column(sa.Text)
    handled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """Who accepted, declined or merged it, the last of them."""
    answered_on: Mapped[date | None]
    """The day of the last answer."""
    waited_days: Mapped[int | None]
    """Working days from the question to its first answer."""
    escalated_on: Mapped[date | None]
    escalated_side: Mapped[Side | None] = mapped_column(words(Side, "escalated_side_known"))
    """Whose co-chair answers now; None where no task force is there."""
    ended_on: Mapped[date | None]
    neighborhood: Mapped[Neighborhood] = relationship()
    project: Mapped[Project | None] = relationship()
    task_force: Mapped[TaskForce | None] = relationship()
    area: Mapped[Area | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id])
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.turn", back_populates="question")


class Answer(Model):
    """What a named person answered; after an escalation there is a second one, and none is ever changed."""

    __tablename__ = "answer"
    __table_args__ = (
        sa.UniqueConstraint("question_id", "turn"),
        sa.CheckConstraint("turn IN (1, 2)", name="two_answers_at_the_most"),
        sa.CheckConstraint("length(trim(plain)) > 0", name="says_something_plain"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"))
    turn: Mapped[int]
    plain: Mapped[str] = mapped_column(sa.Text)
    full: Mapped[str | None] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    side: Mapped[Side] = mapped_column(words(Side, "side_known"))
    due_on: Mapped[date]
    answered_on: Mapped[date]
    answered_at: Mapped[datetime]
    question: Mapped[Question] = relationship(back_populates="answers")
    person: Mapped[Person] = relationship()


class AnswerRating(Model):
    """What whoever asked says about an answer, once; what they miss only those who answer read."""

    __tablename__ = "answer_rating"
    __table_args__ = (sa.CheckConstraint("verdict <> 'not' OR missing IS NOT NULL", name="not_with_what_is_missing"),)
    answer_id: Mapped[int] = mapped_column(sa.ForeignKey("answer.id"), primary_key=True, autoincrement=False)
    verdict: Mapped[Verdict] = mapped_column(words(Verdict, "verdict_known"))
    missing: Mapped[str | None] = mapped_column(sa.Text)
    rated_on: Mapped[date]
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """The clerk who was told it at the desk."""
    answer: Mapped[Answer] = relationship()


class AnswerDraft(Model):
    """An answer that is being written; only those who handle the question read it."""

    __tablename__ = "answer_draft"
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"), primary_key=True, autoincrement=False)
    plain: Mapped[str] = mapped_column(sa.Text)
    full: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    written_at: Mapped[datetime]
    person: Mapped[Person] = relationship()


class QuestionRedaction(Model):
    """Words were taken out of a question: how many passages, why, by whom and when (rule 31)."""

    __tablename__ = "question_redaction"
    __table_args__ = (
        sa.CheckConstraint("passages > 0", name="takes_something_out"),
        sa.Index("ix_question_redaction_question_id", "question_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"))
    why: Mapped[Removed] = mapped_column(words(Removed, "why_known"))
    passages: Mapped[int]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    removed_at: Mapped[datetime]


class QuestionContact(Model):
    """How the answer reaches whoever asked: an address for mail or words for the desk; gone after its end."""

    __tablename__ = "question_contact"
    __table_args__ = (sa.CheckConstraint("(email IS NULL) <> (otherwise IS NULL)", name="one_way_to_reach_them"),)
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"), primary_key=True, autoincrement=False)
    email: Mapped[str | None] = mapped_column(sa.String(255))
    otherwise: Mapped[str | None] = mapped_column(sa.String(200))
    passed_on: Mapped[int]
    """How much of the story the desk has told them: 0 nothing, 1 the first answer or the refusal, 2 the second."""
    question: Mapped[Question] = relationship()


never_deleted(Question)
never_deleted(AnswerRating)
append_only(Answer)
append_only(QuestionRedaction)
