"""The holidays of a neighborhood."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model
from app.places.models import Neighborhood


class Holiday(Model):
    """A day on which nobody is expected to answer: time limits in working days skip it, as they skip weekends."""

    __tablename__ = "holiday"
    __table_args__ = (sa.CheckConstraint("length(trim(name)) > 0", name="has_a_name"),)
    neighborhood_id: Mapped[int] = mapped_column(
        sa.ForeignKey("neighborhood.id"), primary_key=True, autoincrement=False
    )
    on: Mapped[date] = mapped_column("holiday_on", primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    neighborhood: Mapped[Neighborhood] = relationship()
