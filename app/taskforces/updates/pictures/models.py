"""Pictures of updates; the files themselves are kept by `core.files`."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, words
from app.taskforces.updates.drafts.models import UpdateDraft
from app.taskforces.updates.pictures.rules import People


class UpdatePicture(Model):
    """A picture of a draft, public once that is; taken down later, its reason stays where it stood."""

    __tablename__ = "update_picture"
    __table_args__ = (
        sa.UniqueConstraint("draft_id", "place"),
        sa.CheckConstraint("place BETWEEN 1 AND 4", name="four_pictures"),
        sa.CheckConstraint("length(words) >= 3 OR taken_down_at IS NOT NULL", name="has_words"),
        sa.CheckConstraint(
            "(taken_down_at IS NULL) = (digest IS NOT NULL) AND (taken_down_at IS NULL) = (small_digest IS NOT NULL)"
            " AND (taken_down_at IS NULL) = (taken_down_reason IS NULL)",
            name="file_until_taken_down",
        ),
        sa.Index("ix_update_picture_digest", "digest", unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(sa.ForeignKey("update_draft.id"))
    place: Mapped[int]
    people: Mapped[People] = mapped_column(words(People, "people_known"))
    """What whoever sent it says about the people in it (domain rule 32)."""
    words: Mapped[str] = mapped_column(sa.String(200))
    """What it shows (domain rule 34); nothing once it is taken down."""
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    """The hash of its file, which begins with 16 random bytes so that no other picture shares it."""
    small_digest: Mapped[str | None] = mapped_column(sa.String(64))
    width: Mapped[int]
    height: Mapped[int]
    taken_down_at: Mapped[datetime | None]
    taken_down_reason: Mapped[str | None] = mapped_column(sa.Text)
    draft: Mapped[UpdateDraft] = relationship()
