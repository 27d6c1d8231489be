"""A paper; the file itself is kept by `core.files`."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model
from app.taskforces.meetings.items.models import AgendaItem


class MeetingPaper(Model):
    """A PDF to read before an item is talked about."""

    __tablename__ = "meeting_paper"
    __table_args__ = (
        sa.CheckConstraint("length(trim(title)) > 0", name="has_a_title"),
        sa.CheckConstraint("pages >= 1 AND weight >= 1", name="is_not_empty"),
        sa.Index("ix_meeting_paper_item_id", "item_id"),
        sa.Index("ix_meeting_paper_digest", "digest", unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("agenda_item.id"))
    title: Mapped[str] = mapped_column(sa.String(160))
    digest: Mapped[str] = mapped_column(sa.String(64))
    """The hash of its file, which begins with 16 random bytes so that no other paper shares it."""
    pages: Mapped[int]
    weight: Mapped[int]
    """In bytes, as it is served."""
    added_at: Mapped[datetime]
    item: Mapped[AgendaItem] = relationship()
