"""A project, its milestones, and the changes of their forecasts."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, words
from app.cycles.models import Cycle
from app.proposals.models import Proposal
from app.taskforces.models import TaskForce
from app.taskforces.projects.rules import ForecastReason, ProjectStage


class Project(Model):
    """A funded option: the promised scope and money, frozen, and the task force that answers for it."""

    __tablename__ = "project"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "number"),
        sa.UniqueConstraint("proposal_id"),
        sa.CheckConstraint("allocated_cents >= 0", name="allocation_not_negative"),
        sa.CheckConstraint(
            "stage IN ('funded', 'cancelled') OR task_force_id IS NOT NULL", name="task_force_once_mobilising"
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    number: Mapped[int]
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    task_force_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task_force.id"))
    title: Mapped[str] = mapped_column(sa.String(120))
    scope: Mapped[str] = mapped_column(sa.Text)
    """The ballot's words, frozen (domain rule 27)."""
    lead: Mapped[str | None] = mapped_column(sa.String(160))
    """The organization that leads the work."""
    allocated_cents: Mapped[int]
    stage: Mapped[ProjectStage] = mapped_column(words(ProjectStage, "stage_known"))
    opened_at: Mapped[datetime]
    cycle: Mapped[Cycle] = relationship()
    proposal: Mapped[Proposal] = relationship()
    task_force: Mapped[TaskForce | None] = relationship()
    milestones: Mapped[list["Milestone"]] = relationship(order_by="Milestone.position", back_populates="project")


class Milestone(Model):
    """A dated part of the promise: baseline never moves, the forecast moves with a public reason, the actual once."""

    __tablename__ = "milestone"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "position"),
        sa.CheckConstraint("(actual_on IS NULL) = (evidence IS NULL)", name="done_with_evidence"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(160))
    done_means: Mapped[str] = mapped_column(sa.Text)
    baseline_on: Mapped[date]
    forecast_on: Mapped[date]
    actual_on: Mapped[date | None]
    evidence: Mapped[str | None] = mapped_column(sa.Text)
    """How anybody can see that it is done (domain rule 20)."""
    project: Mapped[Project] = relationship(back_populates="milestones")


class ForecastChange(Model):
    """A milestone's forecast moved, with its typed reason and the explanation residents read (domain rule 18)."""

    __tablename__ = "forecast_change"
    __table_args__ = (
        sa.CheckConstraint("old_on <> new_on", name="changes_the_date"),
        sa.Index("ix_forecast_change_milestone_id", "milestone_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"))
    old_on: Mapped[date]
    new_on: Mapped[date]
    reason: Mapped[ForecastReason] = mapped_column(words(ForecastReason, "reason_known"))
    explanation: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    milestone: Mapped[Milestone] = relationship()
    person: Mapped[Person] = relationship()


append_only(ForecastChange)
