"""A setback and the corrective actions taken against it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, words
from app.taskforces.projects.models import Project
from app.taskforces.setbacks.rules import SetbackStage


class Setback(Model):
    """What went wrong with a project, its cause and effect, in words residents read."""

    __tablename__ = "setback"
    __table_args__ = (
        sa.CheckConstraint("(stage = 'resolved') = (resolved_on IS NOT NULL)", name="resolved_on_a_day"),
        sa.Index("ix_setback_project_id", "project_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    title: Mapped[str] = mapped_column(sa.String(160))
    description: Mapped[str] = mapped_column(sa.Text)
    cause: Mapped[str] = mapped_column(sa.Text)
    effect: Mapped[str] = mapped_column(sa.Text)
    stage: Mapped[SetbackStage] = mapped_column(words(SetbackStage, "stage_known"))
    found_on: Mapped[date]
    due_on: Mapped[date]
    resolved_on: Mapped[date | None]
    reported_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    reported_at: Mapped[datetime]
    project: Mapped[Project] = relationship()
    actions: Mapped[list["CorrectiveAction"]] = relationship(order_by="CorrectiveAction.id", back_populates="setback")


class CorrectiveAction(Model):
    """A step against a setback, with an owner and a date."""

    __tablename__ = "corrective_action"
    id: Mapped[int] = mapped_column(primary_key=True)
    setback_id: Mapped[int] = mapped_column(sa.ForeignKey("setback.id"))
    step: Mapped[str] = mapped_column(sa.Text)
    owner: Mapped[str] = mapped_column(sa.String(160))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    setback: Mapped[Setback] = relationship(back_populates="actions")
