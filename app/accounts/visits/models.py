"""The signed-in browsers of each person."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model


class Visit(Model):
    """One browser of one person, from signing in until signing out; its key is known to that browser alone."""

    __tablename__ = "visit"
    __table_args__ = (sa.Index("ix_visit_person_id", "person_id"),)
    key_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    """When whoever uses it last proved who they are: by signing in, or by confirming it before a grave step."""
    second_factor_at: Mapped[datetime | None]
    """When they last did so with a second factor. A resident's sign-in needs none, what they sign for others does."""
    person: Mapped[Person] = relationship()
