"""Who took a proposal back, and why."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Withdrawal(Model):
    """Who took a public proposal back, and what they say about it, if anything; when stands with the proposal."""

    __tablename__ = "withdrawal"
    __table_args__ = (sa.CheckConstraint("length(trim(reason)) > 0", name="reason_not_empty"),)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str | None] = mapped_column(sa.Text)
