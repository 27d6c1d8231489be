"""Pauses and cancellations."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, append_only, never_deleted, words
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage


class Pause(Model):
    """A project rests: since when, why, until when as expected, and from which stage it goes on."""

    __tablename__ = "pause"
    __table_args__ = (
        sa.CheckConstraint(
            "stage_before IN ('mobilising', 'planning', 'procurement', 'delivery', 'handover')",
            name="paused_while_active",
        ),
        sa.CheckConstraint("resumption_id IS NULL OR ended_at IS NOT NULL", name="resumed_at_a_time"),
        sa.Index("ix_pause_project_id", "project_id"),
        sa.Index(
            "uq_pause_one_open",
            "project_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id))
    stage_before: Mapped[ProjectStage] = mapped_column(words(ProjectStage, "stage_before_known"))
    reason: Mapped[str] = mapped_column(sa.Text)
    restart_on: Mapped[date]
    """When it is expected to go on."""
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"))
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    resumption_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"))
    """What both sides signed to go on; none where the project was cancelled while it rested."""
    project: Mapped[Project] = relationship()


class Cancellation(Model):
    """A project was given up: why, what money went back, and which clerk put it before both sides."""

    __tablename__ = "cancellation"
    __table_args__ = (sa.CheckConstraint("returned_cents >= 0", name="returned_not_negative"),)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(sa.Text)
    returned_cents: Mapped[int]
    clerk_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"))
    cancelled_at: Mapped[datetime]


never_deleted(Pause)
append_only(Cancellation)
