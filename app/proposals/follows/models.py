"""Who follows which proposal."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Follow(Model):
    """Somebody wants to hear what becomes of a proposal; who follows it stands nowhere in public."""

    __tablename__ = "follow"
    __table_args__ = (sa.UniqueConstraint("proposal_id", "person_id"), sa.Index("ix_follow_person_id", "person_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    followed_at: Mapped[datetime]
