"""The days on which a neighborhood's clocks have run."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class ClockDay(Model):
    """A day of a neighborhood whose clocks were left to the worker, and when they had all run."""

    __tablename__ = "clock_day"
    neighborhood_id: Mapped[int] = mapped_column(
        sa.ForeignKey("neighborhood.id"), primary_key=True, autoincrement=False
    )
    on: Mapped[date] = mapped_column("day_on", primary_key=True)
    left_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
