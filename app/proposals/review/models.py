"""Reviews and costings: what officers found, never edited; a new finding is a new row."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, words
from app.proposals.models import Proposal
from app.proposals.review.rules import Decision, Reason


class Review(Model):
    """One officer's decision on a proposal with its typed reason and a sentence for residents."""

    __tablename__ = "review"
    __table_args__ = (sa.Index("ix_review_proposal_id", "proposal_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    decision: Mapped[Decision] = mapped_column(words(Decision, "decision_known"))
    reason: Mapped[Reason] = mapped_column(words(Reason, "reason_known"))
    explanation: Mapped[str] = mapped_column(sa.Text)
    interest: Mapped[str | None] = mapped_column(sa.Text)
    """What the officer has to do with it beyond the office, in their words: empty for nothing, NULL where not asked."""
    decided_at: Mapped[datetime]
    proposal: Mapped[Proposal] = relationship()
    officer: Mapped[Person] = relationship()
    costing: Mapped["Costing | None"] = relationship(back_populates="review")


class Costing(Model):
    """The price an officer put on a proposal, with its note; the newest one counts."""

    __tablename__ = "costing"
    __table_args__ = (
        sa.CheckConstraint("cost_cents >= 0", name="cost_not_negative"),
        sa.CheckConstraint("running_cost_cents >= 0", name="running_cost_not_negative"),
        sa.Index("ix_costing_proposal_id", "proposal_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"), unique=True)
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    cost_cents: Mapped[int]
    running_cost_cents: Mapped[int]
    """What it costs each year after the first."""
    note: Mapped[str] = mapped_column(sa.Text)
    costed_at: Mapped[datetime]
    proposal: Mapped[Proposal] = relationship()
    officer: Mapped[Person] = relationship()
    review: Mapped[Review] = relationship(back_populates="costing")
    lines: Mapped[list["CostingLine"]] = relationship(order_by="CostingLine.position", back_populates="costing")


class CostingLine(Model):
    """One line of an officer's costing."""

    __tablename__ = "costing_line"
    __table_args__ = (
        sa.UniqueConstraint("costing_id", "position"),
        sa.CheckConstraint("amount_cents >= 0", name="amount_not_negative"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    costing_id: Mapped[int] = mapped_column(sa.ForeignKey("costing.id"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(sa.String(160))
    amount_cents: Mapped[int]
    costing: Mapped[Costing] = relationship(back_populates="lines")


append_only(Review)
append_only(Costing)
append_only(CostingLine)
