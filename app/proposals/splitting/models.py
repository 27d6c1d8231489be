"""Requests to split a proposal, the parts they name, and how they ended."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, words
from app.proposals.merging.rules import Ending
from app.proposals.models import Proposal

OPEN = sa.text("ending IS NULL")


class SplitRequest(Model):
    """Somebody asks an author to make several proposals out of one; one request at a time."""

    __tablename__ = "split_request"
    __table_args__ = (
        sa.CheckConstraint(
            "(ending IS NULL) = (ended_at IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
            name="ended_by_somebody",
        ),
        sa.CheckConstraint("ending <> 'declined' OR answer IS NOT NULL", name="declined_with_reason"),
        sa.Index("ix_split_request_open", "proposal_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        sa.Index("ix_split_request_proposal_id", "proposal_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    asker_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    message: Mapped[str] = mapped_column(sa.Text)
    asked_at: Mapped[datetime]
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    answer: Mapped[str | None] = mapped_column(sa.Text)
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    proposal: Mapped[Proposal] = relationship()
    asker: Mapped[Person] = relationship(foreign_keys=[asker_id])
    parts: Mapped[list["SplitPart"]] = relationship(order_by="SplitPart.position", back_populates="request")


class SplitPart(Model):
    """One of the parts: its words, and the proposal that it became."""

    __tablename__ = "split_part"
    __table_args__ = (
        sa.UniqueConstraint("request_id", "position"),
        sa.CheckConstraint("position BETWEEN 1 AND 4", name="four_parts_at_the_most"),
        sa.Index("ix_split_part_proposal_id", "proposal_id", unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("split_request.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    summary: Mapped[str] = mapped_column(sa.Text)
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"))
    request: Mapped[SplitRequest] = relationship(back_populates="parts")
    proposal: Mapped[Proposal | None] = relationship()
