"""How officers reach an author, apart from everything that is public about the proposal."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model
from app.proposals.models import Proposal


class ProposalContact(Model):
    """What an author gives officers to reach them by; gone when they empty it or withdraw the proposal."""

    __tablename__ = "proposal_contact"
    __table_args__ = (sa.CheckConstraint("words <> ''", name="says_something"),)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey(Proposal.id), primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(sa.String(200))
    kept_at: Mapped[datetime]
