"""Reading what mail people do not want."""

from collections.abc import Collection

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.core.tokens import read_signed, sign
from app.notifications.choices.models import MailStop
from app.notifications.choices.rules import TOPIC_OF, Topic
from app.notifications.rules import MailKind

PURPOSE = "mail-stop"
"""What the tokens in the links of mails are signed for."""


def stopped(person_id: int) -> frozenset[Topic]:
    """The topics of which somebody wants no mail."""
    return frozenset(db.session.scalars(sa.select(MailStop.topic).where(MailStop.person_id == person_id)))


def wanting(people: Collection[int], kind: MailKind) -> set[int]:
    """Those among `people` who want mail of this kind."""
    topic = TOPIC_OF[kind]
    if topic is None or not people:
        return set(people)
    off = db.session.scalars(sa.select(MailStop.person_id).where(MailStop.topic == topic))
    return set(people) - set(off)


def token_for(person_id: int, topic: Topic) -> str:
    """What stands in the link of a mail that ends mail of its topic; it never runs out, as mails are kept."""
    return sign(PURPOSE, [person_id, topic.value])


def read_token(token: str) -> tuple[int, Topic]:
    """Whose mail of which topic a link ends; NotFound for a link that this site did not make."""
    found = read_signed(PURPOSE, token, max_age_seconds=None)
    if found is None:
        raise NotFound
    person_id, topic = found[0]
    if topic not in set(Topic):
        raise NotFound
    return int(person_id), Topic(topic)
