"""Requests to join one proposal into another, and how they ended."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, words
from app.proposals.merging.rules import Ending
from app.proposals.models import Proposal

OPEN = sa.text("ending IS NULL")
AGREED = sa.text("ending = 'agreed'")


class MergeRequest(Model):
    """An author asks another to take a proposal in; one at a time, and agreed on once for good."""

    __tablename__ = "merge_request"
    __table_args__ = (
        sa.CheckConstraint("proposal_id <> into_id", name="not_into_itself"),
        sa.CheckConstraint(
            "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
            name="ended_by_somebody",
        ),
        sa.CheckConstraint("ending <> 'declined' OR answer IS NOT NULL", name="declined_with_reason"),
        sa.Index("ix_merge_request_open", "proposal_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        sa.Index("ix_merge_request_agreed", "proposal_id", unique=True, sqlite_where=AGREED, postgresql_where=AGREED),
        sa.Index("ix_merge_request_into_id", "into_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    into_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    message: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime]
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    answer: Mapped[str | None] = mapped_column(sa.Text)
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    proposal: Mapped[Proposal] = relationship(foreign_keys=[proposal_id])
    into: Mapped[Proposal] = relationship(foreign_keys=[into_id])
