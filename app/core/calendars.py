"""Days as iCalendar text (RFC 5545): folded at 75 octets, escaped, with ids that stay and numbers that rise."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST = 75
"""Octets in a line, without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True, kw_only=True)
class WholeDay:
    """Something on one day. `uid` stays for good; `sequence` rises with each change, `changed_at` (UTC) says when."""

    uid: str
    sequence: int
    changed_at: datetime
    on: date
    summary: str
    description: str
    url: str
    is_cancelled: bool = False


def calendar(name: str, days: Iterable[WholeDay], *, product: str) -> str:
    """A whole calendar of days."""
    return whole(name, (line for day in days for line in _event(day)), product=product)


def whole(name: str, lines: Iterable[str], *, product: str) -> str:
    """A whole calendar of the lines of its events, to be read again and again; every line ends with CRLF."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{product}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    every = [*head, f"X-WR-CALNAME:{escaped(name)}", *lines, "END:VCALENDAR"]
    return "".join(f"{folded(line)}\r\n" for line in every)


def moment(at: datetime) -> str:
    """A moment in UTC, for example 20261126T190000Z."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11): line breaks as \\n, no other control characters."""
    plain = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, each but the first after a space; no character is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        weight = len(letter.encode())
        if size + weight > LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + weight
    return "\r\n".join([*pieces, piece])


def _event(day: WholeDay) -> list[str]:
    changed = moment(day.changed_at)
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(day.uid)}",
        f"SEQUENCE:{day.sequence}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(day.summary)}",
        f"DESCRIPTION:{escaped(day.description)}",
        f"URL:{day.url}",
        f"STATUS:{'CANCELLED' if day.is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
