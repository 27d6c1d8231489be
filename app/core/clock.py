"""The one module that asks the time, so that a rule never does and a test can freeze it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.core.db import db


def now() -> datetime:
    """The present moment in UTC, for stamps that decide nothing."""
    return datetime.now(UTC)


def today(zone: str = "UTC") -> date:
    """The calendar day in the IANA time zone `zone`, which is how residents read a date."""
    return datetime.now(ZoneInfo(zone)).date()


def deadline_now() -> datetime:
    """The clock that decides whether something came in time, in UTC.

    On PostgreSQL it is the server's `clock_timestamp()`, because `now()` there is the start of the transaction and the
    machines of a site may disagree. SQLite has no clock but that of its one host.
    """
    if db.session.get_bind().dialect.name != "postgresql":
        return now()
    moment: datetime = db.session.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    return moment.astimezone(UTC)
