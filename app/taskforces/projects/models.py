"""A project, its milestones, and the changes of their forecasts."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, never_deleted, words
from app.cycles.models import Cycle
from app.proposals.models import Proposal
from app.taskforces.models import TaskForce
from app.taskforces.projects.promises.rules import MilestoneKind
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
    manager: Mapped[str | None] = mapped_column(sa.String(160))
    """Who manages the work from day to day: a name, or an office where a name is not public."""
    without_procurement: Mapped[str | None] = mapped_column(sa.Text)
    """Why nothing had to be bought or contracted, where the project went from planning straight into delivery."""
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
        sa.CheckConstraint("dropped_in_id IS NULL OR actual_on IS NULL", name="dropped_is_not_done"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(160))
    done_means: Mapped[str] = mapped_column(sa.Text)
    kind: Mapped[MilestoneKind] = mapped_column(words(MilestoneKind, "kind_known"), default=MilestoneKind.DELIVERY)
    lead: Mapped[str | None] = mapped_column(sa.String(160))
    """Who sees to it, where that is not the organization that leads the project."""
    begun_on: Mapped[date | None]
    baseline_on: Mapped[date]
    forecast_on: Mapped[date]
    actual_on: Mapped[date | None]
    evidence: Mapped[str | None] = mapped_column(sa.Text)
    """How anybody can see that it is done (domain rule 20); there once the other side has verified it."""
    dropped_in_id: Mapped[int | None] = mapped_column(sa.ForeignKey("baseline.id"))
    """The baseline that took it out of the promise: nothing else can."""
    project: Mapped[Project] = relationship(back_populates="milestones")


class MilestoneNeed(Model):
    """A milestone that cannot be reached before an earlier one is."""

    __tablename__ = "milestone_need"
    __table_args__ = (sa.CheckConstraint("milestone_id <> needs_id", name="needs_another"),)
    milestone_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"), primary_key=True, autoincrement=False)
    needs_id: Mapped[int] = mapped_column(sa.ForeignKey("milestone.id"), primary_key=True, autoincrement=False)


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


never_deleted(Project)
append_only(ForecastChange)
