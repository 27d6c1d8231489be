"""Reading a file of residents' reports (CSV, or Open311 GeoReport v2 as JSON) and counting what is in it. Pure.

Only moments, the state and the kind of a report are looked at; whatever else a file holds is never taken out of it.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from app.core.tables import NoHeader, named
from app.taskforces.indicators.rules import Measure, Measured, Period, share

NEEDED = ("requested_datetime", "updated_datetime", "expected_datetime", "status", "service_code")
REPEATED = "service_request_id"
MOST_ROWS = 50_000
MOST_BYTES = 20_000_000
MOST_PARTS = 5 * MOST_ROWS
"""How many lists and objects a JSON file may open: what has more is not even read, since it would fill the memory."""
LONGEST_CODE = 60


class FileFault(StrEnum):
    """Why a file is refused as a whole."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    NOT_CSV = "not_csv"
    NOT_JSON = "not_json"
    NO_HEADER = "no_header"
    NO_LIST = "no_list"
    TOO_MANY_ROWS = "too_many_rows"


class RowFault(StrEnum):
    """Why a report cannot be read."""

    CELLS = "cells"
    NOT_AN_OBJECT = "not_an_object"
    NO_REQUEST = "no_request"
    NOT_A_MOMENT = "not_a_moment"
    STATUS = "status"
    NO_CODE = "no_code"
    CLOSED_WHEN = "closed_when"
    CLOSED_BEFORE = "closed_before"
    IN_THE_FUTURE = "in_the_future"
    TWICE = "twice"


class BadFile(ValueError):
    """The file cannot be read at all; `fault` says why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class Request:
    """One report: the days on which it came in, was closed and was expected to be closed, and its kind."""

    code: str
    requested_on: date
    closed_on: date | None
    expected_on: date | None


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """A report that cannot be read: its line (in JSON its place in the list), all that is wrong, and what it says."""

    line: int
    faults: tuple[RowFault, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a file says of a period: how many reports it holds, and how many of them each figure is of."""

    rows: int
    opened: int
    closed: int
    due: int
    outside: int
    """Neither came in, nor were closed, nor were expected in the period."""
    last_on: date
    """The last day that the file tells of."""


def requests_of(content: bytes, *, zone: str, today: date) -> tuple[list[Request], list[Wrong]]:
    """The reports of a file, and those that cannot be read. Raises BadFile.

    A moment without an offset is one where the neighborhood is; a closed report was closed when it was last updated,
    since GeoReport knows no other moment.
    """
    good: list[Request] = []
    wrong: list[Wrong] = []
    ids: set[str] = set()
    number = 0
    for line, cells in _cells(content):
        number += 1
        if number > MOST_ROWS:
            raise BadFile(FileFault.TOO_MANY_ROWS)
        row = cells if isinstance(cells, Wrong) else _request(line, cells, ids, zone, today)
        if isinstance(row, Wrong):
            wrong.append(row)
        else:
            good.append(row)
    if not number:
        raise BadFile(FileFault.EMPTY)
    return good, wrong


def counted(requests: Sequence[Request], period: Period) -> Counted:
    """How many reports each figure of a period is of."""
    days = [day for each in requests for day in (each.requested_on, each.closed_on) if day is not None]
    return Counted(
        rows=len(requests),
        opened=sum(_within(each.requested_on, period) for each in requests),
        closed=sum(_within(each.closed_on, period) for each in requests),
        due=sum(_within(each.expected_on, period) for each in requests),
        outside=sum(
            not any(_within(day, period) for day in (each.requested_on, each.closed_on, each.expected_on))
            for each in requests
        ),
        last_on=max(days),
    )


def kinds(requests: Iterable[Request]) -> list[tuple[str, int]]:
    """The kinds in a file, the most frequent first."""
    return sorted(Counter(each.code for each in requests).items(), key=lambda pair: (-pair[1], pair[0]))


def measured(
    requests: Iterable[Request], period: Period, measure: Measure, *, codes: Sequence[str], decimals: int
) -> Measured:
    """One figure of a period, of reports of some kinds (without any: of all).

    In time are those of the reports expected by a day of the period that were closed by that day: whoever leaves one
    open, or closes it late, does not make the share better.
    """
    mine = [each for each in requests if not codes or each.code in codes]
    if measure is Measure.OPENED:
        return _count(sum(_within(each.requested_on, period) for each in mine))
    closed = [each for each in mine if each.closed_on is not None and _within(each.closed_on, period)]
    if measure is Measure.CLOSED:
        return _count(len(closed))
    if measure is Measure.MEDIAN_DAYS:
        days = [(each.closed_on - each.requested_on).days for each in closed if each.closed_on is not None]
        return Measured(hundredths=_rounded(median(days), decimals) if days else None, n=len(days))
    due = [each for each in mine if each.expected_on is not None and _within(each.expected_on, period)]
    kept = sum(each.closed_on is not None and each.closed_on <= (each.expected_on or date.min) for each in due)
    return Measured(hundredths=share(kept, len(due), decimals), n=len(due), numerator=kept, denominator=len(due))


def codes_of(text: str | None) -> tuple[str, ...]:
    """The kinds of reports that a card names."""
    return tuple(code for code in (part.strip() for part in (text or "").split(",")) if code)


def _count(number: int) -> Measured:
    return Measured(hundredths=100 * number, n=number)


def _rounded(days: float, decimals: int) -> int:
    """Days in hundredths; where the card has no decimals a half is rounded up."""
    return int(100 * days) if decimals else 100 * int(days + 0.5)


def _within(day: date | None, period: Period) -> bool:
    return day is not None and period.first_on <= day <= period.last_on


def _cells(content: bytes) -> Iterator[tuple[int, dict[str, str] | Wrong]]:
    if len(content) > MOST_BYTES:
        raise BadFile(FileFault.TOO_LARGE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise BadFile(FileFault.NOT_UTF8) from reason
    return _of_json(text) if text.lstrip()[:1] in ("[", "{") else _of_csv(text)


def _of_csv(text: str) -> Iterator[tuple[int, dict[str, str] | Wrong]]:
    try:
        for line, cells in named(text, NEEDED):
            yield line, cells if isinstance(cells, dict) else Wrong(line=line, faults=(RowFault.CELLS,), cells=())
    except NoHeader as reason:
        raise BadFile(FileFault.NO_HEADER) from reason
    except csv.Error as reason:
        raise BadFile(FileFault.NOT_CSV) from reason


def _of_json(text: str) -> Iterator[tuple[int, dict[str, str] | Wrong]]:
    """GeoReport answers with a list; some programs put it into an object, under the name that its XML has."""
    if text.count("{") + text.count("[") > MOST_PARTS:
        raise BadFile(FileFault.TOO_MANY_ROWS)
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError) as reason:
        raise BadFile(FileFault.NOT_JSON) from reason
    rows = found.get("service_requests") if isinstance(found, dict) else found
    if not isinstance(rows, list):
        raise BadFile(FileFault.NO_LIST)
    for line, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            plain = (str, int)
            yield line, {name: _whole(str(value)) for name, value in row.items() if isinstance(value, plain)}
        else:
            yield line, Wrong(line=line, faults=(RowFault.NOT_AN_OBJECT,), cells=())


def _whole(text: str) -> str:
    """JSON can hold halves of letters, which no page could show."""
    return text.encode("utf-8", "replace").decode().strip()


def _request(line: int, cells: Mapping[str, str], ids: set[str], zone: str, today: date) -> Request | Wrong:
    """A report, or what is wrong with it; its id, where it has one, is added to those of the file."""
    days: dict[str, date | None] = {}
    faults = []
    for name in NEEDED[:3]:
        text = cells.get(name, "")
        days[name] = _day(text, zone)
        if text and days[name] is None:
            faults.append(RowFault.NOT_A_MOMENT)
    requested, updated, expected = (days[name] for name in NEEDED[:3])
    status, code = cells.get("status", "").lower(), " ".join(cells.get("service_code", "").split())
    is_closed = status == "closed"
    if not cells.get(NEEDED[0]):
        faults.append(RowFault.NO_REQUEST)
    if status not in ("open", "closed"):
        faults.append(RowFault.STATUS)
    if not 0 < len(code) <= LONGEST_CODE:
        faults.append(RowFault.NO_CODE)
    if is_closed and not cells.get(NEEDED[1]):
        faults.append(RowFault.CLOSED_WHEN)
    if is_closed and requested and updated and updated < requested:
        faults.append(RowFault.CLOSED_BEFORE)
    if any(day is not None and day > today for day in (requested, updated)):
        faults.append(RowFault.IN_THE_FUTURE)
    if (known := cells.get(REPEATED, "")) in ids:
        faults.append(RowFault.TWICE)
    ids |= {known} - {""}
    if faults or requested is None:
        return Wrong(line=line, faults=tuple(dict.fromkeys(faults)), cells=_shown(cells))
    return Request(code=code, requested_on=requested, closed_on=updated if is_closed else None, expected_on=expected)


def _shown(cells: Mapping[str, str]) -> tuple[str, ...]:
    """What a page may repeat of a report: never its address or its words, and of a slip no more than a few letters."""
    return tuple(cells.get(name, "")[:30] for name in NEEDED)


def _day(text: str, zone: str) -> date | None:
    """The day of a moment as W3C writes them, or of a day alone, where the neighborhood is."""
    if not text[:4].isdigit() or text[4:5] != "-":
        return None
    try:
        at = datetime.fromisoformat(text) if len(text) > len("2026-01-31") else datetime.combine(_date(text), time())
    except ValueError:
        return None
    if at.tzinfo is None or len(text) <= len("2026-01-31"):
        return at.date()
    try:
        return at.astimezone(UTC).astimezone(ZoneInfo(zone)).date()
    except OverflowError:
        return None


def _date(text: str) -> date:
    if len(text) != len("2026-01-31"):
        raise ValueError(text)
    return date.fromisoformat(text)
