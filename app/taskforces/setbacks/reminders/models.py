"""What both co-chairs were reminded of, so that they are reminded once."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, append_only, words
from app.taskforces.setbacks.reminders.rules import Slip


class Reminder(Model):
    """The co-chairs were told once that something passed its day without a word; a new day is a new reminder."""

    __tablename__ = "reminder"
    __table_args__ = (
        sa.UniqueConstraint("kind", "milestone_id", "due_on"),
        sa.UniqueConstraint("kind", "setback_id", "due_on"),
        sa.UniqueConstraint("kind", "action_id", "due_on"),
        sa.UniqueConstraint("kind", "project_id", "due_on"),
        sa.CheckConstraint("(kind = 'unexplained') = (milestone_id IS NOT NULL)", name="unexplained_milestone"),
        sa.CheckConstraint("(kind = 'setback_overdue') = (setback_id IS NOT NULL)", name="overdue_setback"),
        sa.CheckConstraint("(kind IN ('action_overdue', 'unverified')) = (action_id IS NOT NULL)", name="late_action"),
        sa.CheckConstraint("(kind = 'silent') = (project_id IS NOT NULL)", name="silent_project"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Slip] = mapped_column(words(Slip, "kind_known"))
    milestone_id: Mapped[int | None] = mapped_column(sa.ForeignKey("milestone.id"))
    setback_id: Mapped[int | None] = mapped_column(sa.ForeignKey("setback.id"))
    action_id: Mapped[int | None] = mapped_column(sa.ForeignKey("corrective_action.id"))
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    due_on: Mapped[date]
    """The day that passed."""
    reminded_at: Mapped[datetime]


append_only(Reminder)
