"""Drafts that lie open for comments, what residents said, who read it, and what came of it. None of it ever changes."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, words
from app.reports.commenting.rules import LEAST_DAYS, MOST_DAYS, Verdict
from app.reports.rules import ReportKind


class CommentTerm(Model):
    """For how many days drafts about a cycle lie open; the newest counts, and none of days means that they do not."""

    __tablename__ = "comment_term"
    __table_args__ = (
        sa.CheckConstraint(f"days IS NULL OR days BETWEEN {LEAST_DAYS} AND {MOST_DAYS}", name="days_that_suffice"),
        sa.Index("ix_comment_term_cycle_id", "cycle_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    days: Mapped[int | None]
    set_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    set_at: Mapped[datetime]


class CommentWindow(Model):
    """The draft of a report with its figures frozen, and the days on which residents may say something about it."""

    __tablename__ = "comment_window"
    __table_args__ = (sa.UniqueConstraint("line"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ReportKind] = mapped_column(words(ReportKind, "kind_known"))
    line: Mapped[str] = mapped_column(sa.String(80))
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    title: Mapped[str] = mapped_column(sa.String(240))
    snapshot: Mapped[str] = mapped_column(sa.Text)
    data_hash: Mapped[str] = mapped_column(sa.String(64))
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    closes_on: Mapped[date]
    """The last day on which something can be said."""
    comments: Mapped[list["DraftComment"]] = relationship(order_by="DraftComment.number", back_populates="window")


class DraftComment(Model):
    """What a resident said about a draft; shown once somebody has read it."""

    __tablename__ = "draft_comment"
    __table_args__ = (
        sa.UniqueConstraint("window_id", "number"),
        sa.CheckConstraint("number >= 1", name="counted_from_one"),
        sa.CheckConstraint("length(trim(words)) > 0", name="says_something"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    window_id: Mapped[int] = mapped_column(sa.ForeignKey("comment_window.id"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(12))
    public_name: Mapped[str | None] = mapped_column(sa.String(60))
    """The name under which it is printed; None: a resident."""
    on_paper: Mapped[bool]
    """Whether a clerk typed what was handed in at the desk."""
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    said_at: Mapped[datetime]
    window: Mapped[CommentWindow] = relationship(back_populates="comments")
    reading: Mapped["DraftCommentReading | None"] = relationship(back_populates="comment")
    answer: Mapped["DraftCommentAnswer | None"] = relationship(back_populates="comment")


class DraftCommentReading(Model):
    """That somebody of the office or the task force has read a comment first, and whether it is shown."""

    __tablename__ = "draft_comment_reading"
    __table_args__ = (
        sa.CheckConstraint("(verdict = 'not_shown') = (reason IS NOT NULL)", name="says_why_it_is_not_shown"),
    )
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("draft_comment.id"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(words(Verdict, "verdict_known"))
    reason: Mapped[str | None] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    read_at: Mapped[datetime]
    comment: Mapped[DraftComment] = relationship(back_populates="reading")


class DraftCommentAnswer(Model):
    """What is said to a comment, and what was changed in the report because of it."""

    __tablename__ = "draft_comment_answer"
    __table_args__ = (sa.CheckConstraint("length(trim(response)) > 0", name="says_something"),)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("draft_comment.id"), primary_key=True)
    response: Mapped[str] = mapped_column(sa.Text)
    change: Mapped[str | None] = mapped_column(sa.Text)
    """What was changed; None: nothing was."""
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    answered_at: Mapped[datetime]
    comment: Mapped[DraftComment] = relationship(back_populates="answer")
    person: Mapped[Person] = relationship()


for _each in (CommentTerm, CommentWindow, DraftComment, DraftCommentReading, DraftCommentAnswer):
    append_only(_each)
