"""The updates that task forces publish."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only
from app.taskforces.projects.models import Project


class Update(Model):
    """What changed, why, and what happens next, in plain words; once public, its words stay as they are."""

    __tablename__ = "project_update"
    __table_args__ = (sa.Index("ix_project_update_project_id", "project_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    what_changed: Mapped[str] = mapped_column(sa.Text)
    why: Mapped[str] = mapped_column(sa.Text)
    what_next: Mapped[str] = mapped_column(sa.Text)
    published_at: Mapped[datetime]
    project: Mapped[Project] = relationship()
    person: Mapped[Person] = relationship()


append_only(Update)
