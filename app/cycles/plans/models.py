"""The ballot plan of a cycle: what has to be there before its ballot is fixed, and by when."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class BallotPlan(Model):
    """What one cycle asks before its ballot is fixed; one that was planned before there were plans has none."""

    __tablename__ = "ballot_plan"
    __table_args__ = (
        sa.CheckConstraint("(prices_from IS NULL) = (prices_until IS NULL)", name="prices_phase_whole"),
        sa.CheckConstraint(
            "prices_from IS NULL OR prices_from < prices_until", name="prices_phase_ends_after_it_starts"
        ),
    )
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("cycle.id"), primary_key=True, autoincrement=False)
    asks_short_texts: Mapped[bool]
    """Whether every option needs a short text that its author has approved."""
    asks_task_forces: Mapped[bool]
    """Whether every option needs the task force that would take it on."""
    asks_confirmation: Mapped[bool]
    """Whether the council confirms the list before it is fixed."""
    texts_until: Mapped[datetime | None]
    """Until when authors answer about their short texts; after that a clerk may settle one with a reason."""
    prices_from: Mapped[datetime | None]
    prices_until: Mapped[datetime | None]
    """The prices phase, from its first moment until just before `prices_until`; both or neither."""
