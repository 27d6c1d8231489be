"""Completions, what remained to be put right, and the looks back."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, append_only, never_deleted, words
from app.taskforces.projects.closing.rules import CheckKind, Works
from app.taskforces.projects.models import Project


class Completion(Model):
    """Both sides say that a project does what was promised, and when it is looked at again."""

    __tablename__ = "completion"
    __table_args__ = (sa.CheckConstraint("confirm_on < check_on", name="confirmed_before_checked"),)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), primary_key=True, autoincrement=False)
    agreement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"))
    """What both sides signed; none for projects completed before both signed."""
    completed_at: Mapped[datetime]
    confirm_on: Mapped[date]
    """From this day on residents are asked whether it works: four weeks later."""
    check_on: Mapped[date]
    """From this day on it is checked once more: twelve months later."""


class Snag(Model):
    """Something small that was left to be put right at completion, by a day."""

    __tablename__ = "snag"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "position"),
        sa.CheckConstraint(
            "(fixed_on IS NULL) = (fixed_how IS NULL) AND (fixed_on IS NULL) = (fixed_by_id IS NULL)",
            name="fixed_by_somebody",
        ),
        sa.CheckConstraint("(fixed_on IS NULL) = (fixed_at IS NULL)", name="fixed_at_a_moment"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id))
    position: Mapped[int]
    what: Mapped[str] = mapped_column(sa.String(300))
    due_on: Mapped[date]
    fixed_on: Mapped[date | None]
    fixed_at: Mapped[datetime | None]
    """To the moment: a report that was frozen later tells of it."""
    fixed_how: Mapped[str | None] = mapped_column(sa.Text)
    fixed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    project: Mapped[Project] = relationship()


class LaterCheck(Model):
    """What was found when a completed project was looked at again."""

    __tablename__ = "later_check"
    id: Mapped[int] = mapped_column(primary_key=True)
    __table_args__ = (sa.UniqueConstraint("project_id", "kind"),)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id))
    kind: Mapped[CheckKind] = mapped_column(words(CheckKind, "kind_known"))
    works: Mapped[Works] = mapped_column(words(Works, "works_known"))
    found: Mapped[str] = mapped_column(sa.Text)
    """What was done to find out, and what was found."""
    checked_on: Mapped[date]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


never_deleted(Snag)
append_only(Completion)
append_only(LaterCheck)
