"""Which days have been told to followers."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class FollowersTold(Model):
    """Followers have been told, once: that residents are asked whether a project works, or that the days for comments
    on a draft are nearly over."""

    __tablename__ = "followers_told"
    __table_args__ = (
        sa.CheckConstraint("(project_id IS NULL) <> (window_id IS NULL)", name="about_one_thing"),
        sa.UniqueConstraint("project_id"),
        sa.UniqueConstraint("window_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    window_id: Mapped[int | None] = mapped_column(sa.ForeignKey("comment_window.id"))
