"""What both sides have promised, each time."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, append_only
from app.taskforces.projects.models import Project


class Baseline(Model):
    """The promise as both sides signed it: dates and money, with the reason why it replaces the one before."""

    __tablename__ = "baseline"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "number"),
        sa.CheckConstraint("number = 1 OR reason IS NOT NULL", name="changed_with_a_reason"),
        sa.CheckConstraint("number >= 1", name="numbered_from_one"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id))
    number: Mapped[int]
    agreement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"), unique=True)
    """What both sides signed; none for promises made before both signed."""
    agreed_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(sa.Text)
    scope: Mapped[str | None] = mapped_column(sa.Text)
    """What is promised now, where that is not the ballot's words any more (domain rule 27)."""
    allocated_cents: Mapped[int]
    milestones: Mapped[str] = mapped_column(sa.Text)
    """A copy of all milestones as canonical JSON."""


append_only(Baseline)
