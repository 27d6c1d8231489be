"""What common things cost in a neighborhood."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model
from app.places.models import Neighborhood


class HelpPrice(Model):
    """A usual price of one thing, for example a lamp with its pole; it binds nobody."""

    __tablename__ = "help_price"
    __table_args__ = (
        sa.UniqueConstraint("neighborhood_id", "label"),
        sa.CheckConstraint("amount_cents > 0", name="costs_something"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey(Neighborhood.id))
    label: Mapped[str] = mapped_column(sa.String(120))
    amount_cents: Mapped[int]
    note: Mapped[str] = mapped_column(sa.String(160))
    """Where it is from or what it includes; may be empty."""
