"""Meetings as iCalendar text (RFC 5545), as METHOD:PUBLISH asks for it (RFC 5546, 3.2.1).

A meeting keeps its UID for good. Each change that matters to people who come has a higher SEQUENCE. A cancelled one is
told as STATUS:CANCELLED and never left out, or calendars would go on showing it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

PRODUCT = "-//Lamplight//Meetings//EN"
LONGEST = 75
"""Octets in a line, without its end (RFC 5545, 3.1)."""


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
    """A whole calendar; every line ends with CRLF and none is longer than 75 octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for entry in entries:
        lines += _event(entry)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def escaped(text: str) -> str:
    """TEXT as it stands in a value (RFC 5545, 3.3.11): no control characters, line breaks as \\n."""
    plain = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def parameter(text: str) -> str:
    """A value of a parameter, quoted: it cannot hold quotes or control characters (RFC 5545, 3.2)."""
    return '"' + re.sub(r'[\x00-\x1f\x7f"]', "", text) + '"'


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, each but the first after a space; no character is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        weight = len(letter.encode())
        if size + weight > LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += weight
    return "\r\n".join([*pieces, piece])


def moment(at: datetime) -> str:
    """A moment in UTC, for example 20261126T190000Z."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


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
