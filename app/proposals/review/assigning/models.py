"""Who reviews a proposal, and who has said that they have an interest in it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, never_deleted, words
from app.proposals.review.assigning.rules import Ending


class Assignment(Model):
    """An officer has a proposal to review, taken by themselves or given by a clerk; one at a time."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.CheckConstraint("(ending IS NULL) = (ended_at IS NULL)", name="ended_whole"),
        sa.Index(
            "ix_assignment_one_reviewer",
            "proposal_id",
            unique=True,
            sqlite_where=sa.text("ending IS NULL"),
            postgresql_where=sa.text("ending IS NULL"),
        ),
        sa.Index("ix_assignment_officer_id", "officer_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    assigned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    assigned_at: Mapped[datetime]
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    ended_at: Mapped[datetime | None]
    officer: Mapped[Person] = relationship(foreign_keys=[officer_id])


class DeclaredInterest(Model):
    """An officer has something to do with a proposal beyond the office and keeps away from it; public, for good."""

    __tablename__ = "declared_interest"
    __table_args__ = (sa.UniqueConstraint("proposal_id", "officer_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    interest: Mapped[str] = mapped_column(sa.Text)
    declared_at: Mapped[datetime]
    officer: Mapped[Person] = relationship()


never_deleted(Assignment)
append_only(DeclaredInterest)
