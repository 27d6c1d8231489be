"""An organization of a neighborhood."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, words
from app.places.models import Neighborhood
from app.taskforces.organizations.rules import OrganizationKind


class Organization(Model):
    """A body that nominates people for seats, or that somebody with a seat may have an interest in."""

    __tablename__ = "organization"
    __table_args__ = (
        sa.UniqueConstraint("neighborhood_id", "name"),
        sa.CheckConstraint("length(trim(name)) > 0", name="has_a_name"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    name: Mapped[str] = mapped_column(sa.String(160))
    kind: Mapped[OrganizationKind] = mapped_column(words(OrganizationKind, "kind_known"))
    contact: Mapped[str | None] = mapped_column(sa.String(200))
    """How the office reaches it; only clerks see this."""
    neighborhood: Mapped[Neighborhood] = relationship()
