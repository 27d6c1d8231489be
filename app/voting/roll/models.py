"""Lines of the roll that come from an official list or the desk, not from an account."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, fixed_bytes
from app.core.tokens import random_id


class Listing(Model):
    """Somebody entitled to vote in a cycle by a list or by showing up at the desk. No time."""

    __tablename__ = "listing"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "reference"),
        sa.UniqueConstraint("cycle_id", "person_id"),
        sa.Index("ix_listing_cycle_id_name_key", "cycle_id", "name_key"),
        {"sqlite_with_rowid": False},
    )
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True, default=random_id)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    reference: Mapped[str] = mapped_column(sa.String(60))
    """What the list calls this line, unique within a cycle."""
    name: Mapped[str] = mapped_column(sa.String(120))
    address: Mapped[str] = mapped_column(sa.String(300))
    born_on: Mapped[date | None]
    area_id: Mapped[int | None] = mapped_column(sa.ForeignKey("area.id"))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    name_key: Mapped[str] = mapped_column(sa.String(240))
    """The name as it is compared: no case, no accents, words in order."""
    address_key: Mapped[str] = mapped_column(sa.String(600))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    """The account a clerk found to be the same person; both have one line of the roll."""
