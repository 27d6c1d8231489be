"""How facts are written on a page: money, dates, shares, and addresses of static files."""

import hashlib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask, url_for
from flask_babel import format_date, format_percent, format_time

from app.core.money import symbol, written
from app.voting.sealing.readable import grouped


def init_filters(app: Flask) -> None:
    """Give templates their filters and `static_url`."""
    app.jinja_env.filters.update(money=written, symbol=symbol, day=day, day_range=day_range, percent=percent)
    app.jinja_env.filters.update(moment=moment, last_minute=last_minute, groups=groups)
    static = Path(app.static_folder or "")

    @cache
    def fingerprint(path: str) -> str:
        return hashlib.sha256((static / path).read_bytes()).hexdigest()[:12]

    def static_url(path: str) -> str:
        return url_for("static", filename=path, v=fingerprint(path))

    app.jinja_env.globals["static_url"] = static_url


def day(value: date, form: str = "long") -> str:
    """A calendar day in words."""
    return str(format_date(value, form, rebase=False))


def moment(value: datetime, zone: str = "UTC") -> str:
    """A moment in the zone residents live in, with the zone's name."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{format_date(local, 'medium', rebase=False)}, {format_time(local, 'short', rebase=False)} {local.tzname()}"


def last_minute(end: datetime, zone: str = "UTC") -> str:
    """The last minute before `end`: a close at midnight is read as the day before, which is when people must act."""
    return moment(end - timedelta(minutes=1), zone)


def day_range(starts_at: datetime, ends_at: datetime, zone: str = "UTC") -> str:
    """First and last day in the zone residents live in; `ends_at` is the moment after the last day."""
    first, last = (at.astimezone(ZoneInfo(zone)).date() for at in (starts_at, ends_at - timedelta(microseconds=1)))
    return f"{format_date(first, 'medium', rebase=False)} – {format_date(last, 'medium', rebase=False)}"


def groups(value: str) -> str:
    """A hash in groups of four, as it is compared by two people who read it aloud."""
    return grouped(value)


def percent(share: float) -> str:
    """`0.254` → `25%`."""
    return str(format_percent(share, "#,##0%"))
