"""Limits on everything guessable, counted in the database so that they hold across workers and restarts."""

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask_babel import ngettext
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import Model, db, locked, transaction
from app.core.errors import DomainError


class LimitCounter(Model):
    """Tries so far within one window; the subject is stored only as a hash."""

    __tablename__ = "limit_counter"
    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    window_ends_at: Mapped[datetime]
    tries: Mapped[int]


class TooMany(DomainError):
    """The limit is reached; the message says when to try again."""

    status = 429


def count_try(purpose: str, subject: str, *, limit: int, window: timedelta) -> None:
    """Count one try of `purpose` by `subject` (an address, an account id); raises TooMany past `limit` in `window`.

    The count is kept whatever happens to the try itself, so it commits on its own: call it before the service.
    """
    key = _key(purpose, subject)
    with transaction():
        counter = locked(LimitCounter, key)
        if counter is None:
            counter = LimitCounter(key=key, window_ends_at=now() + window, tries=0)
            db.session.add(counter)
        elif counter.window_ends_at <= now():
            counter.window_ends_at, counter.tries = now() + window, 0
        counter.tries += 1
        tries, ends_at = counter.tries, counter.window_ends_at
    if tries > limit:
        raise TooMany("too_many", _wait(ends_at - now()))


def give_back(purpose: str, subject: str) -> None:
    """Take back a try that was counted and turned out to be none: many may come from one place, and rightly."""
    with transaction():
        counter = locked(LimitCounter, _key(purpose, subject))
        if counter is not None and counter.tries > 0:
            counter.tries -= 1


def tries(purpose: str, subject: str) -> int:
    """How many tries there were in the window that runs."""
    counter = db.session.get(LimitCounter, _key(purpose, subject))
    return counter.tries if counter is not None and counter.window_ends_at > now() else 0


def _wait(left: timedelta) -> str:
    return str(
        ngettext(
            "Too many tries. Please wait %(num)s minute and try again.",
            "Too many tries. Please wait %(num)s minutes and try again.",
            max(1, round(left.total_seconds() / 60)),
        )
    )


def _key(purpose: str, subject: str) -> str:
    return hashlib.sha256(f"{purpose}\n{subject}".encode()).hexdigest()
