"""How days and moments are written for people: in the zone they live in, in their language."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import format_date, format_time

YEARS = range(1900, 2200)
"""The years that somebody can mean who writes down a day; from any other nothing could be counted."""


def day(value: date, form: str = "long") -> str:
    """A calendar day in words; TypeError for a moment, which has its day only in a zone: that is a `local_day`."""
    if isinstance(value, datetime):
        raise TypeError(f"{value.isoformat()} is a moment: its day depends on the zone")
    return str(format_date(value, form, rebase=False))


def local_day(value: datetime, zone: str, form: str = "long") -> str:
    """The calendar day of a moment in words, in the zone residents live in."""
    return day(day_in(zone, value), form)


def moment(value: datetime, zone: str = "UTC") -> str:
    """A moment in the zone residents live in, with the zone's name."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{format_date(local, 'medium', rebase=False)}, {format_time(local, 'short', rebase=False)} {local.tzname()}"


def asked_day(text: str) -> date:
    """A day from an address, of a time that can be counted from; ValueError for any other, which counts as none."""
    value = date.fromisoformat(text)
    if value.year not in YEARS:
        raise ValueError
    return value


def day_in(zone: str, value: datetime) -> date:
    """The calendar day of a moment in the zone residents live in."""
    return value.astimezone(ZoneInfo(zone)).date()


def first_moment(zone: str, value: date) -> datetime:
    """The moment at which a calendar day begins in the zone residents live in."""
    return datetime.combine(value, time(), ZoneInfo(zone))


def last_minute(end: datetime, zone: str = "UTC") -> str:
    """The last minute before `end`: a close at midnight is read as the day before, which is when people must act."""
    return moment(end - timedelta(minutes=1), zone)


def day_range(starts_at: datetime, ends_at: datetime, zone: str = "UTC") -> str:
    """First and last day in the zone residents live in; `ends_at` is the moment after the last day."""
    first, last = (day_in(zone, at) for at in (starts_at, ends_at - timedelta(microseconds=1)))
    return f"{format_date(first, 'medium', rebase=False)} – {format_date(last, 'medium', rebase=False)}"
