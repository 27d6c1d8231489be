"""Reports of comments, and what the office did about each."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, never_deleted, words
from app.proposals.discussion.moderation.rules import Concern, Ending


class CommentReport(Model):
    """Somebody asks the office to look at a comment; one a person and comment."""

    __tablename__ = "comment_report"
    __table_args__ = (
        sa.UniqueConstraint("comment_id", "person_id"),
        sa.CheckConstraint(
            "(ending IS NULL) = (settled_at IS NULL) AND (ending IS NULL) = (settled_by_id IS NULL)",
            name="settled_by_somebody",
        ),
        sa.Index("ix_comment_report_ending", "ending"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("comment.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    """Who reported it; neither the office nor the author is told."""
    concern: Mapped[Concern] = mapped_column(words(Concern, "concern_known"))
    note: Mapped[str] = mapped_column(sa.Text)
    reported_at: Mapped[datetime]
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


never_deleted(CommentReport)
