"""What task forces are for by default, and which one was chosen for a single proposal."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model
from app.taskforces.models import TaskForce


class Remit(Model):
    """A category or an area whose projects a task force takes on, unless another one is chosen for a proposal."""

    __tablename__ = "remit"
    __table_args__ = (
        sa.CheckConstraint("(category_id IS NULL) <> (area_id IS NULL)", name="one_category_or_one_area"),
        sa.Index("ix_remit_task_force_id", "task_force_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    task_force_id: Mapped[int] = mapped_column(sa.ForeignKey("task_force.id"))
    category_id: Mapped[int | None] = mapped_column(sa.ForeignKey("category.id"), unique=True)
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("area.id"), unique=True)
    task_force: Mapped[TaskForce] = relationship()


class Taking(Model):
    """The task force that a clerk has named for one proposal; until the ballot is fixed it can be changed."""

    __tablename__ = "taking"
    __table_args__ = (sa.Index("ix_taking_task_force_id", "task_force_id"),)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True, autoincrement=False)
    task_force_id: Mapped[int] = mapped_column(sa.ForeignKey("task_force.id"))
    named_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    named_at: Mapped[datetime]
    task_force: Mapped[TaskForce] = relationship()
