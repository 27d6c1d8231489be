"""Codes and links that were asked for."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.codes.rules import Purpose
from app.core.db import Model, fixed_bytes, words


class MailedCode(Model):
    """A request for a code: for an address, whether or not anybody here has it.

    The hashes come with the mail, and only if the address gets a code. `facts` are the answers of somebody who joins.
    """

    __tablename__ = "mailed_code"
    __table_args__ = (
        sa.CheckConstraint("(link_hash IS NULL) = (expires_at IS NULL)", name="expires_once_sent"),
        sa.CheckConstraint("used_at IS NULL OR link_hash IS NOT NULL", name="used_once_sent"),
    )
    id: Mapped[bytes] = mapped_column(fixed_bytes(16), primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(255))
    purpose: Mapped[Purpose] = mapped_column(words(Purpose, "purpose_known"))
    locale: Mapped[str] = mapped_column(sa.String(12))
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    asked_at: Mapped[datetime]
    code_hash: Mapped[str | None] = mapped_column(sa.String(64))
    link_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
