"""Updates that nobody outside the task force has read yet."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, words
from app.taskforces.projects.models import Project
from app.taskforces.updates.drafts.rules import DraftStage
from app.taskforces.updates.models import Update


class UpdateDraft(Model):
    """An update on its way: what is public of it is a row of its own, so that no draft is shown by mistake."""

    __tablename__ = "update_draft"
    __table_args__ = (
        sa.CheckConstraint("(stage = 'published') = (update_id IS NOT NULL)", name="published_with_its_update"),
        sa.CheckConstraint(
            "stage <> 'waiting' OR (handed_in_at IS NOT NULL AND due_on IS NOT NULL)", name="waits_until_a_day"
        ),
        sa.CheckConstraint("signed_by_id IS NULL OR update_id IS NOT NULL", name="signed_once_published"),
        sa.Index("ix_update_draft_project_id", "project_id"),
        sa.Index("ix_update_draft_update_id", "update_id", unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    writer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    what_changed: Mapped[str] = mapped_column(sa.Text)
    why: Mapped[str] = mapped_column(sa.Text)
    what_next: Mapped[str] = mapped_column(sa.Text)
    stage: Mapped[DraftStage] = mapped_column(words(DraftStage, "stage_known"))
    edition: Mapped[int]
    """Counts every change of its words and pictures: who publishes names the one they have read."""
    written_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    """On this day it is public without a signature (domain rule 5)."""
    note: Mapped[str | None] = mapped_column(sa.Text)
    """Why a co-chair sent it back."""
    update_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project_update.id"))
    signed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """The co-chair who published it; none where its day came first."""
    project: Mapped[Project] = relationship()
    writer: Mapped[Person] = relationship(foreign_keys=[writer_id])
    update: Mapped[Update | None] = relationship()
