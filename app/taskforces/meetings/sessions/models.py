"""Who was there, seat by seat."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model, guarded, words
from app.taskforces.meetings.models import Meeting, session_statements
from app.taskforces.meetings.rules import Presence
from app.taskforces.seats.models import Seat


class Attendance(Model):
    """Whether the holder of a seat was at a meeting."""

    __tablename__ = "attendance"
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), primary_key=True, autoincrement=False)
    seat_id: Mapped[int] = mapped_column(sa.ForeignKey("seat.id"), primary_key=True, autoincrement=False)
    presence: Mapped[Presence] = mapped_column(words(Presence, "presence_known"))
    meeting: Mapped[Meeting] = relationship()
    seat: Mapped[Seat] = relationship()


guarded(Attendance, lambda dialect: session_statements("attendance", "ROW.meeting_id", dialect))
