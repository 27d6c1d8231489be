"""Objections to prices, as they were raised and as they were answered."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, never_deleted, words
from app.proposals.models import Proposal
from app.proposals.prices.rules import Outcome


class PriceObjection(Model):
    """A resident says why a published price is wrong; an officer's answer stands beside it."""

    __tablename__ = "price_objection"
    __table_args__ = (
        sa.UniqueConstraint("costing_id", "person_id"),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL) AND (outcome IS NULL) = (answer IS NULL)"
            " AND (outcome IS NULL) = (officer_id IS NULL)",
            name="answered_whole",
        ),
        sa.CheckConstraint(
            "(outcome IS NOT NULL AND outcome = 'changed') = (new_costing_id IS NOT NULL)",
            name="changed_by_a_new_costing",
        ),
        sa.CheckConstraint("new_costing_id > costing_id", name="the_new_costing_is_newer"),
        sa.CheckConstraint("officer_id <> person_id", name="answered_by_another"),
        sa.Index("ix_price_objection_proposal_id", "proposal_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    costing_id: Mapped[int] = mapped_column(sa.ForeignKey("costing.id"))
    """The price that is objected to: once a person."""
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    raised_at: Mapped[datetime]
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome, "outcome_known"))
    answer: Mapped[str | None] = mapped_column(sa.Text)
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    new_costing_id: Mapped[int | None] = mapped_column(sa.ForeignKey("costing.id"))
    proposal: Mapped[Proposal] = relationship()
    officer: Mapped[Person | None] = relationship(foreign_keys=[officer_id])


never_deleted(PriceObjection)
