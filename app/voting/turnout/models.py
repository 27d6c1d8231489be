"""Turnout by the hour, in full tens, so that not even the database holds a small cell."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, append_only


class TurnoutHour(Model):
    """So many voters came between the row before and this full hour, in tens; what is left over waits for the next."""

    __tablename__ = "turnout_hour"
    __table_args__ = (sa.CheckConstraint("voters >= 10 AND voters % 10 = 0", name="cell_in_full_tens"),)
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    until: Mapped[datetime] = mapped_column(primary_key=True)
    voters: Mapped[int]


class TurnoutLook(Model):
    """The last full hour at which the turnout of a vote was looked at: once an hour, or rows would tell more."""

    __tablename__ = "turnout_look"
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    hour: Mapped[datetime]


append_only(TurnoutHour)
