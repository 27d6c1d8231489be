"""Days on which the holder of a seat is away."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, never_deleted
from app.taskforces.seats.models import Seat


class Absence(Model):
    """The holder of a seat is away from a day to a day; nobody is asked why. It stays: who signed hangs on it."""

    __tablename__ = "absence"
    __table_args__ = (
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        sa.CheckConstraint("back_on <= ends_on", name="back_before_it_ends"),
        sa.Index("ix_absence_seat_id", "seat_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("seat.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    back_on: Mapped[date | None]
    """Back before the last day: from this day on they act again."""
    told_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    told_at: Mapped[datetime]
    seat: Mapped[Seat] = relationship()


never_deleted(Absence)
