"""An item of an agenda."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, words
from app.taskforces.meetings.items.rules import Purpose
from app.taskforces.meetings.models import Meeting
from app.taskforces.projects.models import Project


class AgendaItem(Model):
    """What a meeting talks about, what for, led by whom, for how many minutes; the note is for those who lead it."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "position"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 480", name="lasts_some_minutes"),
        sa.Index("ix_agenda_item_project_id", "project_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    position: Mapped[int]
    project_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project.id"))
    """What it is about, if that is a project: whoever has declared an interest in it does not vote (rule 3)."""
    title: Mapped[str] = mapped_column(sa.String(160))
    purpose: Mapped[Purpose] = mapped_column(words(Purpose, "purpose_known"))
    about: Mapped[str] = mapped_column(sa.Text)
    lead: Mapped[str] = mapped_column(sa.String(160))
    minutes: Mapped[int]
    note: Mapped[str] = mapped_column(sa.Text)
    """For the chair's copy only: never on a public page, in a file or in the minutes."""
    motion: Mapped[str | None] = mapped_column(sa.Text)
    """A draft of what is put to the vote, kept like the note: what was moved stands in the minutes."""
    meeting: Mapped[Meeting] = relationship()
    project: Mapped[Project | None] = relationship()
