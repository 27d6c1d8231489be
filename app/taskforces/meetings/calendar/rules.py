"""Meetings as iCalendar text (RFC 5545), as METHOD:PUBLISH asks for it (RFC 5546, 3.2.1).

A meeting keeps its UID for good. Each change that matters to people who come has a higher SEQUENCE. A cancelled one is
told as STATUS:CANCELLED and never left out, or calendars would go on showing it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.core.calendars import escaped, moment, whole

PRODUCT = "-//Lamplight//Meetings//EN"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A meeting in a calendar; moments are UTC, `url` is the whole address of its page."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    description: str
    url: str
    organizer: str
    organizer_url: str
    is_cancelled: bool


def calendar(name: str, entries: Iterable[Entry]) -> str:
    """A whole calendar of meetings, to be asked for again every six hours."""
    lines = ["REFRESH-INTERVAL;VALUE=DURATION:PT6H", *(line for entry in entries for line in _event(entry))]
    return whole(name, lines, product=PRODUCT)


def parameter(text: str) -> str:
    """A value of a parameter, quoted: it cannot hold quotes or control characters (RFC 5545, 3.2)."""
    return '"' + re.sub(r'[\x00-\x1f\x7f"]', "", text) + '"'


def _event(entry: Entry) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}@lamplight",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{moment(entry.changed_at)}",
        f"LAST-MODIFIED:{moment(entry.changed_at)}",
        f"DTSTART:{moment(entry.starts_at)}",
        f"DTEND:{moment(entry.ends_at)}",
        f"SUMMARY:{escaped(entry.summary)}",
        f"LOCATION:{escaped(entry.location)}",
        f"DESCRIPTION:{escaped(entry.description)}",
        f"URL:{entry.url}",
        f"ORGANIZER;CN={parameter(entry.organizer)}:{entry.organizer_url}",
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]
