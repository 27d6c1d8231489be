"""A seat and its holder; a vacant seat has none."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, words
from app.taskforces.models import TaskForce
from app.taskforces.seats.rules import SeatKind, Side


class Seat(Model):
    """A place in a task force held from a day until a day; without a person it is vacant."""

    __tablename__ = "seat"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_it_starts"),
        sa.Index("ix_seat_task_force_id", "task_force_id"),
        sa.Index(
            "uq_seat_one_co_chair_a_side",
            "task_force_id",
            "side",
            unique=True,
            sqlite_where=sa.text("kind = 'co_chair' AND ends_on IS NULL"),
            postgresql_where=sa.text("kind = 'co_chair' AND ends_on IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    task_force_id: Mapped[int] = mapped_column(sa.ForeignKey("task_force.id"))
    kind: Mapped[SeatKind] = mapped_column(words(SeatKind, "kind_known"))
    side: Mapped[Side] = mapped_column(words(Side, "side_known"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    nominated_by: Mapped[str] = mapped_column(sa.String(160))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    task_force: Mapped[TaskForce] = relationship()
    person: Mapped[Person | None] = relationship()
