"""Which priority a proposal serves."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model
from app.proposals.models import Proposal


class ServedPriority(Model):
    """The priority that a proposal's author says it serves; both are of the same cycle."""

    __tablename__ = "served_priority"
    __table_args__ = (
        sa.ForeignKeyConstraint(["proposal_id", "cycle_id"], [Proposal.id, Proposal.cycle_id]),
        sa.ForeignKeyConstraint(["priority_id", "cycle_id"], ["priority.id", "priority.cycle_id"]),
        sa.Index("ix_served_priority_priority_id", "priority_id"),
    )
    proposal_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cycle_id: Mapped[int]
    priority_id: Mapped[int]
