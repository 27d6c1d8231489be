"""Supports of proposals."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Support(Model):
    """A resident would like to see a proposal on the ballot; who supports it stands nowhere in public."""

    __tablename__ = "support"
    __table_args__ = (sa.UniqueConstraint("proposal_id", "person_id"), sa.Index("ix_support_person_id", "person_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    supported_at: Mapped[datetime]
