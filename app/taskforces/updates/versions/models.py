"""Translations of updates."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only
from app.taskforces.updates.models import Update


class UpdateVersion(Model):
    """A public update in another language; a better wording is another row, and the newest is read (rule 34)."""

    __tablename__ = "update_version"
    __table_args__ = (
        sa.UniqueConstraint("update_id", "language", "number"),
        sa.CheckConstraint("number >= 1", name="counted_from_one"),
        sa.CheckConstraint(
            "length(trim(what_changed)) > 0 AND length(trim(why)) > 0 AND length(trim(what_next)) > 0",
            name="all_three_answers",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(sa.ForeignKey("project_update.id"))
    language: Mapped[str] = mapped_column(sa.String(12))
    number: Mapped[int]
    what_changed: Mapped[str] = mapped_column(sa.Text)
    why: Mapped[str] = mapped_column(sa.Text)
    what_next: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    translated_at: Mapped[datetime]
    update: Mapped[Update] = relationship()
    person: Mapped[Person] = relationship()


append_only(UpdateVersion)
