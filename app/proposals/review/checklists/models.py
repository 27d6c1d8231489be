"""The questions clerks have put for a kind of project."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class ChecklistItem(Model):
    """A question for officers about proposals of one category; answers keep the question as it was asked."""

    __tablename__ = "checklist_item"
    __table_args__ = (
        sa.UniqueConstraint("category_id", "position"),
        sa.UniqueConstraint("category_id", "question"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(sa.ForeignKey("category.id"))
    position: Mapped[int]
    question: Mapped[str] = mapped_column(sa.String(200))
