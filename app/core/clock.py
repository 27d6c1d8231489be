"""The one module that asks the time, so that a rule never does and a test can freeze it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.core.db import db

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present moment in UTC, for stamps that decide nothing."""
    return _pretended.get() or datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """The calendar day in the IANA time zone `zone`, which is how residents read a date."""
    return now().astimezone(ZoneInfo(zone)).date()


def deadline_now() -> datetime:
    """The clock that decides whether something came in time, in UTC.

    On PostgreSQL it is the server's `clock_timestamp()`, because `now()` there is the start of the transaction and the
    machines of a site may disagree. SQLite has no clock but that of its one host.
    """
    if is_pretended() or db.session.get_bind().dialect.name != "postgresql":
        return now()
    moment: datetime = db.session.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    return moment.astimezone(UTC)


def is_pretended() -> bool:
    """Whether the time is made up, as where the demo lives through its past: then no clock can be wrong."""
    return _pretended.get() is not None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` (UTC): how the demo gets a past. A test of the house keeps everybody else from it."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)
