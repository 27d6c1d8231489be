"""Outlooks; a change is a new row, and nothing is ever deleted."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only
from app.proposals.models import Proposal
from app.proposals.outlooks.rules import MOST_LEAD


class Outlook(Model):
    """When work on a proposal would begin and end, and which organization would lead it; the newest one counts."""

    __tablename__ = "outlook"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="begins_before_it_ends"),
        sa.CheckConstraint("length(lead) >= 2", name="somebody_leads"),
        sa.Index("ix_outlook_proposal_id", "proposal_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    lead: Mapped[str] = mapped_column(sa.String(MOST_LEAD))
    said_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    said_at: Mapped[datetime]
    proposal: Mapped[Proposal] = relationship()
    said_by: Mapped[Person] = relationship()


append_only(Outlook)
