"""Each time the end of a vote was put off."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, append_only


class VoteExtension(Model):
    """The end of an open vote was put off by two persons, with its public reason. Never edited."""

    __tablename__ = "vote_extension"
    __table_args__ = (
        sa.CheckConstraint("requester_id <> approver_id", name="two_persons_extend_a_vote"),
        sa.CheckConstraint("was_to_close_at < closes_at", name="only_ever_later"),
    )
    vote_id: Mapped[bytes] = mapped_column(sa.ForeignKey("vote.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    was_to_close_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(sa.Text)
    requester_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    approver_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    extended_at: Mapped[datetime]


append_only(VoteExtension)
