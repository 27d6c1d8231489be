"""Which published contract stands behind a commitment, as a clerk says; the last row of a commitment counts."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only
from app.taskforces.spending.contracts.rules import LONGEST_ID, LONGEST_LINK


class PublishedContract(Model):
    """A commitment's contract as the council publishes it, by its OCID; without one, what was said before is wrong."""

    __tablename__ = "published_contract"
    __table_args__ = (
        sa.CheckConstraint("ocid LIKE 'ocds-______-_%'", name="ocid_with_its_prefix"),
        sa.CheckConstraint("url LIKE 'https://_%'", name="link_is_safe"),
        sa.CheckConstraint("url IS NULL OR ocid IS NOT NULL", name="link_with_an_ocid"),
        sa.Index("ix_published_contract_commitment_id", "commitment_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(sa.ForeignKey("commitment.id"))
    ocid: Mapped[str | None] = mapped_column(sa.String(LONGEST_ID))
    url: Mapped[str | None] = mapped_column(sa.String(LONGEST_LINK))
    """Where it can be read."""
    said_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    said_at: Mapped[datetime]
    said_by: Mapped[Person] = relationship()


append_only(PublishedContract)
