"""A setback, what a stranger wrote about it, its corrective actions, and how far they helped."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, append_only, never_deleted, words
from app.places.models import Neighborhood
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.seats.rules import Side
from app.taskforces.setbacks.actions.rules import ActionStage, Finding
from app.taskforces.setbacks.rules import SetbackStage, Severity, Source
from app.taskforces.signing.models import Agreement


class Setback(Model):
    """What went wrong with a project or in a task force, in words residents read; it is never removed."""

    __tablename__ = "setback"
    __table_args__ = (
        sa.UniqueConstraint("neighborhood_id", "number"),
        sa.UniqueConstraint("opened_for"),
        sa.CheckConstraint("(project_id IS NULL) <> (task_force_id IS NULL)", name="about_one_thing"),
        sa.CheckConstraint("(rule IS NULL) = (opened_for IS NULL)", name="by_rule_for_something"),
        sa.CheckConstraint("(stage = 'reported') = (acknowledged_on IS NULL)", name="acknowledged_on_a_day"),
        sa.CheckConstraint(
            "stage = 'reported' OR (title IS NOT NULL AND description IS NOT NULL)", name="said_once_acknowledged"
        ),
        sa.CheckConstraint(
            "stage IN ('reported', 'acknowledged', 'accepted') OR cause IS NOT NULL", name="cause_once_analysed"
        ),
        sa.CheckConstraint(
            "stage NOT IN ('planned', 'correcting', 'checked', 'not_effective') OR plan > 0", name="planned_to_correct"
        ),
        sa.CheckConstraint("stage <> 'accepted' OR accepted_because IS NOT NULL", name="accepted_with_a_reason"),
        sa.CheckConstraint("(stage = 'resolved') = (resolved_on IS NOT NULL)", name="resolved_on_a_day"),
        sa.Index("ix_setback_project_id", "project_id"),
        sa.Index("ix_setback_task_force_id", "task_force_id"),
        sa.Index("ix_setback_milestone_id", "milestone_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    number: Mapped[int]
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    task_force_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task_force.id"))
    milestone_id: Mapped[int | None] = mapped_column(sa.ForeignKey("milestone.id"))
    source: Mapped[Source] = mapped_column(words(Source, "source_known"))
    rule: Mapped[int | None]
    """The number of the domain rule that opened it; None where somebody reported it."""
    opened_for: Mapped[str | None] = mapped_column(sa.String(120))
    """What a rule opened it for, so that it opens once."""
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    stage: Mapped[SetbackStage] = mapped_column(words(SetbackStage, "stage_known"))
    severity: Mapped[Severity | None] = mapped_column(words(Severity, "severity_known"))
    title: Mapped[str | None] = mapped_column(sa.String(160))
    description: Mapped[str | None] = mapped_column(sa.Text)
    effect: Mapped[str | None] = mapped_column(sa.Text)
    effect_days: Mapped[int | None]
    effect_cents: Mapped[int | None]
    effect_people: Mapped[int | None]
    cause: Mapped[str | None] = mapped_column(sa.Text)
    cause_evidence: Mapped[str | None] = mapped_column(sa.Text)
    root_causes: Mapped[list[str]] = mapped_column(sa.JSON)
    plan: Mapped[int]
    """How many plans both sides have agreed on."""
    accepted_because: Mapped[str | None] = mapped_column(sa.Text)
    agreement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"))
    """What both sides signed last about it: a plan, or that it is accepted."""
    found_on: Mapped[date]
    due_on: Mapped[date]
    """By when its next step is due."""
    acknowledged_on: Mapped[date | None]
    analysed_on: Mapped[date | None]
    planned_on: Mapped[date | None]
    accepted_on: Mapped[date | None]
    resolved_on: Mapped[date | None]
    reported_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    reported_at: Mapped[datetime]
    neighborhood: Mapped[Neighborhood] = relationship()
    project: Mapped[Project | None] = relationship()
    task_force: Mapped[TaskForce | None] = relationship()
    milestone: Mapped[Milestone | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()
    actions: Mapped[list["CorrectiveAction"]] = relationship(order_by="CorrectiveAction.id", back_populates="setback")


class SetbackReport(Model):
    """What somebody wrote on the public form: for the co-chairs and oversight, because it may name a person."""

    __tablename__ = "setback_report"
    setback_id: Mapped[int] = mapped_column(sa.ForeignKey("setback.id"), primary_key=True, autoincrement=False)
    told: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    setback: Mapped[Setback] = relationship()


class CorrectiveAction(Model):
    """A step of a plan that both sides agreed on, with an owner, a day, and why it should work."""

    __tablename__ = "corrective_action"
    __table_args__ = (
        sa.CheckConstraint("(stage IN ('claimed', 'verified', 'closed')) = (claim IS NOT NULL)", name="claimed_openly"),
        sa.CheckConstraint("(stage IN ('verified', 'closed')) = (finding IS NOT NULL)", name="verified_with_a_finding"),
        sa.CheckConstraint("verified_side <> claimed_side", name="verified_by_the_other_side"),
        sa.Index("ix_corrective_action_setback_id", "setback_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    setback_id: Mapped[int] = mapped_column(sa.ForeignKey("setback.id"))
    plan: Mapped[int]
    """Which plan it is part of, from 1."""
    step: Mapped[str] = mapped_column(sa.Text)
    owner: Mapped[str] = mapped_column(sa.String(160))
    evidence: Mapped[str | None] = mapped_column(sa.Text)
    """Why it should work."""
    due_on: Mapped[date]
    stage: Mapped[ActionStage] = mapped_column(words(ActionStage, "stage_known"))
    claim: Mapped[str | None] = mapped_column(sa.Text)
    """How anybody can see that it is done."""
    claimed_on: Mapped[date | None]
    claimed_side: Mapped[Side | None] = mapped_column(words(Side, "claimed_side_known"))
    claimed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    verify_by: Mapped[date | None]
    finding: Mapped[Finding | None] = mapped_column(words(Finding, "finding_known"))
    found: Mapped[str | None] = mapped_column(sa.Text)
    """What the other side saw."""
    verified_on: Mapped[date | None]
    verified_side: Mapped[Side | None] = mapped_column(words(Side, "verified_side_known"))
    verified_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    setback: Mapped[Setback] = relationship(back_populates="actions")


class EffectCheck(Model):
    """What one side measured once a plan was carried out, and whether that helped; the other side concludes."""

    __tablename__ = "effect_check"
    __table_args__ = (sa.UniqueConstraint("setback_id", "plan"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    setback_id: Mapped[int] = mapped_column(sa.ForeignKey("setback.id"))
    plan: Mapped[int]
    helped: Mapped[bool]
    measured: Mapped[str] = mapped_column(sa.Text)
    side: Mapped[Side] = mapped_column(words(Side, "side_known"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    checked_on: Mapped[date]


append_only(EffectCheck)
never_deleted(Setback)
never_deleted(SetbackReport)
never_deleted(CorrectiveAction)
