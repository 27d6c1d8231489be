"""A task force and its charter."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, words
from app.places.models import Area, Neighborhood
from app.taskforces.rules import BodyStage, Impairment


class TaskForce(Model):
    """A body of both sides; its seats are in `seats/`, its work in `projects/`."""

    __tablename__ = "task_force"
    __table_args__ = (
        sa.CheckConstraint("stage <> 'proposed' OR constituted_on IS NULL", name="proposed_before_constituted"),
        sa.CheckConstraint(
            "stage IN ('proposed', 'dissolved') OR constituted_on IS NOT NULL", name="constituted_on_a_day"
        ),
        sa.CheckConstraint("(stage = 'impaired') = (impaired_by IS NOT NULL)", name="impaired_for_a_reason"),
        sa.CheckConstraint("successor_id IS NULL OR stage = 'dissolved'", name="followed_once_dissolved"),
        sa.CheckConstraint("successor_id <> id", name="not_its_own_successor"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    charter: Mapped[str] = mapped_column(sa.Text)
    theme: Mapped[str] = mapped_column(sa.String(160))
    """What it works on, in a few words."""
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("area.id"))
    """The part of the neighborhood it works in; None for all of it."""
    review_on: Mapped[date | None]
    """The day on which its charter is looked at again."""
    stage: Mapped[BodyStage] = mapped_column(words(BodyStage, "stage_known"))
    stage_since: Mapped[date]
    impaired_by: Mapped[Impairment | None] = mapped_column(words(Impairment, "impaired_by_known"))
    proposed_on: Mapped[date]
    constituted_on: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task_force.id"))
    """Who answers for its projects since it was dissolved."""
    neighborhood: Mapped[Neighborhood] = relationship()
    area: Mapped[Area | None] = relationship()
