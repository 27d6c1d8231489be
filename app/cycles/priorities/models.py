"""A cycle's priority statement, and each priority in it by name."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class PriorityStatement(Model):
    """What an assembly has agreed for a cycle, in its own words, and when and where it was."""

    __tablename__ = "priority_statement"
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"), primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(sa.Text)
    assembly: Mapped[str] = mapped_column(sa.String(160))
    """Which assembly, for example: Spring assembly in the library."""
    agreed_on: Mapped[date]
    written_at: Mapped[datetime]


class Priority(Model):
    """One thing that matters this year; proposals name the one they serve."""

    __tablename__ = "priority"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "position"),
        sa.UniqueConstraint("id", "cycle_id"),  # so that a proposal can only name one of its own cycle
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("priority_statement.cycle_id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(80))
