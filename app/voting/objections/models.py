"""Objections, as they were raised and as they were answered."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, words
from app.voting.objections.rules import Ending


class Objection(Model):
    """Somebody says that a certified result is wrong, and why; the board's answer stands beside it for everybody."""

    __tablename__ = "objection"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "number"),
        sa.CheckConstraint(
            "(ending IS NULL) = (settled_at IS NULL) AND (ending IS NULL) = (answer IS NULL)",
            name="settled_with_answer",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    number: Mapped[int]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    raised_at: Mapped[datetime]
    ending: Mapped[Ending | None] = mapped_column(words(Ending, "ending_known"))
    answer: Mapped[str | None] = mapped_column(sa.Text)
    settled_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
