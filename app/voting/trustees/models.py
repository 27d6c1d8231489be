"""Key holders as they are planned, before the ballot is fixed; the keys of a vote are its `trustee_key` rows."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class KeyHolder(Model):
    """Somebody who is to hold a key of a cycle's vote, and the public key they have handed in."""

    __tablename__ = "key_holder"
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "number"),
        sa.UniqueConstraint("cycle_id", "fingerprint"),
        sa.CheckConstraint("number BETWEEN 1 AND 20", name="number_in_reach"),
        sa.CheckConstraint(
            "(public_key IS NULL) = (fingerprint IS NULL) AND (public_key IS NULL) = (registered_at IS NULL)",
            name="registered_with_fingerprint",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(120))
    public_key: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    fingerprint: Mapped[str | None] = mapped_column(sa.String(200))
    registered_at: Mapped[datetime | None]
