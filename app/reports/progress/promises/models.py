"""What a task force promises for a quarter, and what became of it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, words
from app.reports.progress.promises.rules import Kept
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Project


class QuarterPromise(Model):
    """One promise for a quarter; once it is said what became of it, with a line that everybody reads."""

    __tablename__ = "quarter_promise"
    __table_args__ = (
        sa.CheckConstraint("length(trim(text)) > 0", name="says_something"),
        sa.CheckConstraint(
            "(kept IS NULL) = (line IS NULL) AND (kept IS NULL) = (marked_at IS NULL)"
            " AND (kept IS NULL) = (marked_by_id IS NULL)",
            name="marked_with_a_line",
        ),
        sa.Index("ix_quarter_promise_task_force_id_first_on", "task_force_id", "first_on"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    task_force_id: Mapped[int] = mapped_column(sa.ForeignKey("task_force.id"))
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    first_on: Mapped[date]
    """The first day of the quarter it is for."""
    text: Mapped[str] = mapped_column(sa.Text)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    made_at: Mapped[datetime]
    kept: Mapped[Kept | None] = mapped_column(words(Kept, "kept_known"))
    line: Mapped[str | None] = mapped_column(sa.Text)
    """Why it was kept, in part or not."""
    marked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    marked_at: Mapped[datetime | None]
    task_force: Mapped[TaskForce] = relationship()
    project: Mapped[Project | None] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys=[made_by_id])
    marked_by: Mapped[Person | None] = relationship(foreign_keys=[marked_by_id])
