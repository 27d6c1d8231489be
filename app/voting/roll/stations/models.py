"""Shared computers at polling places."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, fixed_bytes
from app.core.tokens import random_id


class Station(Model):
    """A shared computer that a clerk has opened for voters, and how many have cast there; no ballot leads to it."""

    __tablename__ = "station"
    __table_args__ = (
        sa.UniqueConstraint("key_hash"),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        sa.CheckConstraint("casts >= 0", name="casts_not_negative"),
    )
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True, default=random_id)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    location: Mapped[str] = mapped_column(sa.String(120))
    key_hash: Mapped[bytes] = mapped_column(fixed_bytes(32))
    """The hash of what the station's browser holds."""
    casts: Mapped[int]
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
