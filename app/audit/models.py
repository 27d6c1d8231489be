"""The audit log's one table."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, append_only


class AuditEntry(Model):
    """One event as canonical JSON, chained: `hash` = SHA-256(previous hash ‖ body). Ids, hashes and amounts only."""

    __tablename__ = "audit_entry"
    __table_args__ = (sa.UniqueConstraint("hash"), sa.UniqueConstraint("previous_hash"))
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(sa.String(80))
    actor_id: Mapped[int | None]
    recorded_at: Mapped[datetime]
    body: Mapped[str] = mapped_column(sa.Text)
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))


append_only(AuditEntry)
