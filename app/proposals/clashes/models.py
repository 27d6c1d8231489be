"""Pairs of proposals that cannot both be done, with the reason, and why a flag was lifted."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model
from app.cycles.models import Cycle
from app.proposals.models import Proposal

STANDS = sa.text("lifted_at IS NULL")


class Clash(Model):
    """An officer says that only one of two proposals can be done; it stands until it is lifted with a reason."""

    __tablename__ = "clash"
    __table_args__ = (
        sa.CheckConstraint("first_id < second_id", name="one_row_a_pair"),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL) AND (lifted_at IS NULL) = (lifted_reason IS NULL)",
            name="lifted_with_reason",
        ),
        sa.Index("ix_clash_stands", "first_id", "second_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        sa.Index("ix_clash_second_id", "second_id"),
        sa.Index("ix_clash_cycle_id", "cycle_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"))
    first_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    second_id: Mapped[int] = mapped_column(sa.ForeignKey("proposal.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    flagged_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    flagged_at: Mapped[datetime]
    lifted_reason: Mapped[str | None] = mapped_column(sa.Text)
    lifted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None]
    cycle: Mapped[Cycle] = relationship()
    first: Mapped[Proposal] = relationship(foreign_keys=[first_id])
    second: Mapped[Proposal] = relationship(foreign_keys=[second_id])
    flagged_by: Mapped[Person] = relationship(foreign_keys=[flagged_by_id])
    lifted_by: Mapped[Person | None] = relationship(foreign_keys=[lifted_by_id])
