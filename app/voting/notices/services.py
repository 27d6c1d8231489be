"""Telling voters that a ballot came in from them, so that nobody can vote in their place unnoticed.

The cast writes nothing for this: an outbox row would join a person with the moment of their cast. Every minute the
worker asks whether a round is due; rounds are a random 4 to 14 minutes apart. A round looks for entries of the roll
that were cast since they were last told, shuffles them, sends, and keeps only up to which revision each was told. The
marks publish no event, as the cast does not.
"""

import hmac
import secrets
from contextlib import suppress
from hashlib import sha256
from random import SystemRandom
from smtplib import SMTPException

import sqlalchemy as sa
from flask import current_app

from app.core import mail
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.events import publish
from app.voting.models import RollEntry
from app.voting.notices import queries, rules
from app.voting.notices.events import CastNoticesSwitched
from app.voting.notices.models import CastNotice, NoticeRound, NoticesOff
from app.voting.notices.queries import Untold

MAIL = "vote_received"


def tell_when_due() -> None:
    """Send each vote's mails if its round is due, and draw the next; the worker calls this every minute."""
    for vote_id in queries.votes_to_tell_of():
        if _is_due(vote_id):
            tell(vote_id)
    db.session.rollback()


def tell(vote_id: bytes) -> None:
    """Tell everybody who has cast since they were last told, in an order that says nothing.

    One at a time, so that a killed worker repeats one mail at most; one the mail server refuses waits for the next
    round.
    """
    waiting = queries.untold(vote_id)
    db.session.rollback()
    SystemRandom().shuffle(waiting)
    for voter in waiting:
        with suppress(OSError, SMTPException):
            if voter.wants_mail:
                _send(voter)
            _mark(voter)


def switch(wanted: bool, *, by: Actor) -> None:
    """Let somebody have mail about their own votes, or none. Doing it again changes nothing."""
    with transaction():
        off = locked(NoticesOff, by.id)
        if wanted is (off is None):
            return
        if off is None:
            db.session.add(NoticesOff(person_id=by.id))
        else:
            db.session.delete(off)
        publish(CastNoticesSwitched(actor_id=by.id, person_id=by.id, wanted=wanted))


def take_as_told() -> None:
    """Let everybody have been told of everything so far: for the demo, whose voters have no mailbox."""
    with transaction():
        for vote_id in queries.votes_to_tell_of():
            for voter in queries.untold(vote_id):
                db.session.merge(CastNotice(roll_entry_id=voter.entry_id, revision=voter.revision))


def _is_due(vote_id: bytes) -> bool:
    """Whether this vote's round is due; if it is, or there was none yet, the next is drawn."""
    with transaction():
        found, moment = locked(NoticeRound, vote_id), now()
        if found is not None and found.due_at > moment:
            # A clock that was ahead must not keep everybody waiting for it.
            found.due_at = min(found.due_at, moment + rules.LONGEST)
            return False
        due_at = moment + rules.pause(secrets.randbelow(rules.CHANCES))
        if found is None:
            db.session.add(NoticeRound(vote_id=vote_id, due_at=due_at))
        else:
            found.due_at = due_at
        return found is not None


def _send(voter: Untold) -> None:
    facts = {"name": voter.name, "cycle": voter.cycle, "cycle_id": voter.cycle_id}
    mail.send(MAIL, to=voter.email, locale=voter.locale, facts=facts, message_id=_message_id(voter))


def _message_id(voter: Untold) -> str:
    """The same for the same cast, and a number that nobody without our secret can find in the database."""
    key = current_app.config["SECRET_KEY"].encode()
    cast = voter.entry_id + voter.revision.to_bytes(4, "big")
    return "vote-" + hmac.new(key, b"cast-notice" + cast, sha256).hexdigest()[:32]


def _mark(voter: Untold) -> None:
    with transaction():
        if db.session.scalar(sa.select(RollEntry.id).where(RollEntry.id == voter.entry_id)):
            db.session.merge(CastNotice(roll_entry_id=voter.entry_id, revision=voter.revision))
