"""The verbs of choosing mail: say what one wants, and end a topic by the link of a mail."""

from collections.abc import Collection

import sqlalchemy as sa

from app.accounts.models import Person
from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.events import publish
from app.notifications.choices import queries
from app.notifications.choices.events import MailChosen, MailStopped
from app.notifications.choices.models import MailStop
from app.notifications.choices.rules import Topic


def choose(wanted: Collection[Topic], *, by: Actor) -> None:
    """Get mail of these topics at once, and none of the others; choosing the same again changes nothing."""
    with transaction():
        locked(Person, by.id)
        off = frozenset(Topic) - frozenset(wanted)
        if off == queries.stopped(by.id):
            return
        db.session.execute(sa.delete(MailStop).where(MailStop.person_id == by.id))
        db.session.add_all(MailStop(person_id=by.id, topic=topic) for topic in sorted(off))
        db.session.flush()
        publish(MailChosen(actor_id=by.id, person_id=by.id, off=tuple(topic.value for topic in sorted(off))))


def stop(token: str) -> Topic:
    """End the mail that a link was sent with, and say which; a second time changes nothing."""
    person_id, topic = queries.read_token(token)
    with transaction():
        if locked(Person, person_id) is None or topic in queries.stopped(person_id):
            return topic
        db.session.add(MailStop(person_id=person_id, topic=topic))
        db.session.flush()
        publish(MailStopped(actor_id=None, person_id=person_id, topic=topic.value))
    return topic
