"""A file of residents' reports that figures were taken from: what it was, never what was in it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, append_only


class RequestsFile(Model):
    """One file of reports, by its hash and by how many reports were counted in it."""

    __tablename__ = "requests_file"
    __table_args__ = (
        sa.CheckConstraint("first_on <= last_on", name="period_has_days"),
        sa.CheckConstraint("opened <= rows AND closed <= rows AND due <= rows AND outside <= rows", name="parts"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"), index=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    file_hash: Mapped[str] = mapped_column(sa.String(64))
    rows: Mapped[int]
    opened: Mapped[int]
    closed: Mapped[int]
    due: Mapped[int]
    outside: Mapped[int]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    taken_at: Mapped[datetime]


append_only(RequestsFile)
