"""A task force and its charter."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model
from app.places.models import Neighborhood


class TaskForce(Model):
    """A body of both sides; its seats are in `seats/`, its work in `projects/`."""

    __tablename__ = "task_force"
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    charter: Mapped[str] = mapped_column(sa.Text)
    constituted_on: Mapped[date]
    neighborhood: Mapped[Neighborhood] = relationship()
