"""The hash of an entry, and what is wrong with a chain of them: pure, so that anybody can write it again.

The hash is SHA-256 over the entry as canonical JSON (sorted keys, no spaces, ASCII), with the hash of the entry before
it in the cycle's chain; the first one has 64 zeros there. Everything that is hashed is public.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from app.cycles.rules import canonical

START = "0" * 64
LAST = 5_000
"""How many of the last entries are checked while somebody waits."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """An entry as it is hashed and exported, in the order of the columns of the export."""

    cycle: int
    number: int
    entered_at: datetime
    on: date
    kind: str
    amount_cents: int
    project: str | None
    commitment: str | None
    counterparty: str | None
    purpose: str
    reference: str | None
    document: str | None
    agreement: str | None
    reverses: int | None
    previous: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """An entry and the hash it carries."""

    entry: Written
    hash: str


class Fault(StrEnum):
    """What can be wrong with a chain."""

    NUMBER = "number"
    PREVIOUS = "previous"
    HASH = "hash"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class Break:
    """The place where a chain does not hold: the number of the entry, and what is wrong there."""

    number: int
    fault: Fault


def plain(entry: Written) -> dict[str, Any]:
    """The entry as what JSON has: days and moments as ISO 8601, moments in UTC to the microsecond."""
    found = dict(vars(entry))
    found["entered_at"] = entry.entered_at.astimezone(UTC).isoformat(timespec="microseconds")
    found["on"] = entry.on.isoformat()
    return found


def entry_hash(entry: Written) -> str:
    """SHA-256 in hex over the canonical JSON of an entry."""
    return sha256(canonical(plain(entry)).encode("ascii")).hexdigest()


def first_break(links: Iterable[Link], *, entries: int, head: str, begins: int = 1) -> Break | None:
    """The first place where a chain does not hold, or None; `entries` and `head`: its length and last hash as kept.

    With `begins` above 1 only its end is looked at, from the entry of that number on; the hash that one carries of the
    entry before it is taken as given.
    """
    before, number = START if begins == 1 else None, begins - 1
    for number, link in enumerate(links, start=begins):
        before = link.entry.previous if before is None else before
        if link.entry.number != number:
            return Break(number=number, fault=Fault.NUMBER)
        if link.entry.previous != before:
            return Break(number=number, fault=Fault.PREVIOUS)
        if entry_hash(link.entry) != link.hash:
            return Break(number=number, fault=Fault.HASH)
        before = link.hash
    return None if (number, before or head) == (entries, head) else Break(number=number + 1, fault=Fault.END)
