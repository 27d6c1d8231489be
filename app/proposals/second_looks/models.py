"""Second looks, as they were asked for and as they were answered."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, words
from app.proposals.models import Proposal
from app.proposals.review.models import Review
from app.proposals.second_looks.rules import Outcome


class SecondLook(Model):
    """An author says why a finding should be looked at again; another officer's answer stands beside it."""

    __tablename__ = "second_look"
    __table_args__ = (
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL) AND (outcome IS NULL) = (answer IS NULL)"
            " AND (outcome IS NULL) = (officer_id IS NULL)",
            name="answered_whole",
        ),
        sa.CheckConstraint("officer_id IS NULL OR officer_id <> decided_by_id", name="another_officer_looks"),
        sa.CheckConstraint("officer_id IS NULL OR officer_id <> author_id", name="not_ones_own"),
        sa.Index("ix_second_look_proposal_id", "proposal_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"), unique=True)
    """The finding it asks about: one second look each."""
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    """The officer whose finding it is, who does not answer."""
    asked: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime]
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome, "outcome_known"))
    answer: Mapped[str | None] = mapped_column(sa.Text)
    answered_at: Mapped[datetime | None]
    proposal: Mapped[Proposal] = relationship()
    review: Mapped[Review] = relationship()
    officer: Mapped[Person | None] = relationship(foreign_keys=[officer_id])
