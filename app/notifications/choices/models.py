"""Mail that somebody does not want."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, words
from app.notifications.choices.rules import Topic


class MailStop(Model):
    """Somebody wants no mail of one topic; without a row they get it at once."""

    __tablename__ = "mail_stop"
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True, autoincrement=False)
    topic: Mapped[Topic] = mapped_column(words(Topic, "topic_known"), primary_key=True)
