"""The outbox."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, words
from app.notifications.rules import MailKind


class Message(Model):
    """A mail to be sent or sent: whom, which kind, and the ids its template needs."""

    __tablename__ = "message"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[MailKind] = mapped_column(words(MailKind, "kind_known"))
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
