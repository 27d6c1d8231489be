"""Which deadlines have been told."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, words
from app.notifications.deadlines.rules import Deadline


class DeadlineNotice(Model):
    """An end that everybody concerned has been told of: that of a cycle's phase, of the right to a second look, or of
    the time to answer a request for changes.

    One for each end: where a phase ends later than planned, its new end is told again.
    """

    __tablename__ = "deadline_notice"
    __table_args__ = (
        sa.CheckConstraint("(cycle_id IS NULL) <> (review_id IS NULL)", name="about_one_thing"),
        sa.CheckConstraint("(kind IN ('second_look', 'changes')) = (review_id IS NOT NULL)", name="about_a_review"),
        sa.UniqueConstraint("cycle_id", "kind", "ends_at"),
        sa.UniqueConstraint("review_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Deadline] = mapped_column(words(Deadline, "deadline_known"))
    cycle_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cycle.id"))
    review_id: Mapped[int | None] = mapped_column(sa.ForeignKey("review.id"))
    ends_at: Mapped[datetime]
