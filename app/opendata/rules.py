"""What a data set in the catalog is, the licenses it can be under, and how its figures are written."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from flask_babel import LazyString


class Name(StrEnum):
    """The data sets, by the word in their address."""

    PROJECTS = "projects"
    PLACES = "places"
    BUDGET = "budget"
    MILESTONES = "milestones"
    LEDGER = "ledger"
    RECONCILIATION = "reconciliation"
    RESULTS = "results"
    RULE_CARDS = "rule-cards"
    REPORTS = "reports"
    DELIVERY = "delivery"
    INDICATORS = "indicators"
    GOVERNANCE = "governance"
    CALENDARS = "calendars"
    OUTLINES = "outlines"
    FEEDS = "feeds"


LICENSES: Mapping[str, str] = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "ODC-BY-1.0": "https://opendatacommons.org/licenses/by/1-0/",
}
"""Open licenses by their SPDX word; a site publishes under one of them."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a data set: its name, its type in the words of its standard, and what it means."""

    name: str
    type: str
    text: LazyString | str


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A data set as the catalog tells of it."""

    name: Name
    title: LazyString
    text: LazyString
    standard: str
    standard_url: str | None
    fields: Sequence[Field]
    notes: Sequence[LazyString] = ()


@dataclass(frozen=True, kw_only=True)
class File:
    """One file of a data set: what it is about, its whole address, and its hash as it is now.

    None has no hash but one that tells the moment it was made, so that no two are the same.
    """

    title: str
    url: str
    media_type: str
    hash: str | None = None


def project_id(slug: str, cycle_id: int, code: str) -> str:
    """The name of a project that no other one on the site has: its code is its own only within a cycle."""
    return f"{slug}-{cycle_id}-{code}"


def decimal(cents: int) -> str:
    """Whole cents as an amount with two places, exactly."""
    sign, whole = "-" if cents < 0 else "", abs(cents)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def number(cents: int) -> int | float:
    """Whole cents as a number of JSON."""
    return cents // 100 if cents % 100 == 0 else float(decimal(cents))


def moment(at: datetime | None) -> str | None:
    """A moment in UTC, to the second."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def known(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts without those that are not known: what is missing is left out, never empty."""
    return {name: value for name, value in facts.items() if value is not None and value != [] and value != {}}


def listed(head: Mapping[str, Any], **lists: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A JSON object whose last members are lists, written item by item, one in a line."""
    yield json.dumps(head, ensure_ascii=False)[:-1]
    for number, (name, items) in enumerate(lists.items()):
        yield (", " if head or number else "") + f'"{name}": ['
        for place, item in enumerate(items):
            yield (",\n" if place else "\n") + json.dumps(item, ensure_ascii=False, separators=(",", ":"))
        yield "\n]"
    yield "}\n"


def line(cells: Iterable[Any]) -> str:
    """One line of a CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def hash_of(parts: Iterable[str | bytes]) -> tuple[str, int]:
    """SHA-256 in hex of a file that comes in parts, and how many bytes it has."""
    found, size = sha256(), 0
    for part in parts:
        piece = part if isinstance(part, bytes) else part.encode()
        found.update(piece)
        size += len(piece)
    return found.hexdigest(), size
