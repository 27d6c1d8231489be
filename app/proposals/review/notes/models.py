"""Internal notes, which no public page, file or log carries."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only


class InternalNote(Model):
    """What an officer writes down about a proposal for other officers; kept as it was written, and never published."""

    __tablename__ = "internal_note"
    __table_args__ = (sa.Index("ix_internal_note_proposal_id", "proposal_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    written_at: Mapped[datetime]
    officer: Mapped[Person] = relationship()


append_only(InternalNote)
