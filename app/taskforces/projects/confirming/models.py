"""Who has answered, and apart from it how many gave which answer: no row says what anybody answered, or when."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, append_only, never_deleted, words
from app.taskforces.projects.closing.rules import Works
from app.taskforces.projects.models import Project


class ConfirmationGiver(Model):
    """A resident has answered whether a project works. Never what, and never when."""

    __tablename__ = "confirmation_giver"
    __table_args__ = ({"sqlite_with_rowid": False},)  # the order of rows would tell when
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id"), primary_key=True, autoincrement=False, index=True
    )


class ConfirmationTally(Model):
    """How many gave one of the answers on the web. Never who."""

    __tablename__ = "confirmation_tally"
    __table_args__ = (sa.CheckConstraint("answers > 0", name="somebody_answered"),)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id), primary_key=True, autoincrement=False)
    works: Mapped[Works] = mapped_column(words(Works, "works_known"), primary_key=True)
    answers: Mapped[int]


class ConfirmationPaper(Model):
    """All answers on paper as a clerk counted them; counted anew, they are another row, and the newest counts."""

    __tablename__ = "confirmation_paper"
    __table_args__ = (
        sa.CheckConstraint("yes >= 0 AND partly >= 0 AND no >= 0", name="not_negative"),
        sa.CheckConstraint("length(trim(how)) > 0", name="says_how"),
        sa.Index("ix_confirmation_paper_project_id", "project_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey(Project.id))
    yes: Mapped[int]
    partly: Mapped[int]
    no: Mapped[int]
    how: Mapped[str] = mapped_column(sa.Text)
    """Where people were asked, and who counted."""
    counted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    counted_at: Mapped[datetime]


append_only(ConfirmationGiver)
append_only(ConfirmationPaper)
never_deleted(ConfirmationTally)
