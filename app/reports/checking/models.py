"""The code at the foot of a draft, which its report has no more once it is signed."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, append_only


class DraftHash(Model):
    """The data hash printed on a draft: signing writes the signatures beside the figures, which gives another."""

    __tablename__ = "draft_hash"
    __table_args__ = (sa.Index("ix_draft_hash_data_hash", "data_hash"),)
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), primary_key=True, autoincrement=False)
    data_hash: Mapped[str] = mapped_column(sa.String(64))


append_only(DraftHash)
