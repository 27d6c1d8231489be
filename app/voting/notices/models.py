"""What voters have been told of their casts, when the next round of mails goes out, and who wants none."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, fixed_bytes


class CastNotice(Model):
    """Up to which revision somebody on the roll has been told that a ballot came in from them. No time."""

    __tablename__ = "cast_notice"
    __table_args__ = (sa.CheckConstraint("revision >= 1", name="revision_from_one"), {"sqlite_with_rowid": False})
    roll_entry_id: Mapped[bytes] = mapped_column(
        fixed_bytes(16), sa.ForeignKey("roll_entry.id"), primary_key=True, autoincrement=False
    )
    revision: Mapped[int]


class NoticeRound(Model):
    """When the next round of mails of a vote goes out: a time that chance draws, and that belongs to no voter."""

    __tablename__ = "notice_round"
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    due_at: Mapped[datetime]


class NoticesOff(Model):
    """Somebody who wants no mail about their own votes."""

    __tablename__ = "notices_off"
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, autoincrement=False)
