"""What the file of a vote says about its cycle, and what it cannot become here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.cycles.rules import PhaseKind
from app.voting.counting.formats.lines import BadFile
from app.voting.counting.formats.pabulib import PbFile

MOST_RANKS = 20
MOST_OPTIONS = 10_000
LONGEST_TITLE = 120
LONGEST_NAME = 160
FIRST_YEAR = 1900
"""Years before it are slips: 0001, or 19 for 2019. Later ones than this are not over, and so not believed either."""
TOLD = ("description", "country", "unit", "district", "instance", "rule", "date_begin", "date_end", "currency")
"""What of META goes on the rule card, so that everybody can see where the vote came from."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """The voting days of a file; where it has none that are over, a stand-in shortly before the import."""

    first_on: date
    last_on: date
    are_from_the_file: bool


def ensure_fits(file: PbFile) -> None:
    """BadFile with the line where a cycle here cannot hold the vote of the file."""
    vote = file.vote
    if vote.pot_cents == 0:
        raise BadFile(file.lines["budget"], "budget is 0: a cycle has a pot that holds money")
    if not vote.options:
        raise BadFile(file.lines.get("num_projects", 1), "there are no projects to vote on")
    if len(vote.options) > MOST_OPTIONS:
        raise BadFile(
            file.lines.get("num_projects", 1), f"{len(vote.options)} projects, but a ballot holds at most 10,000"
        )
    if vote.max_ranks > MOST_RANKS:
        raise BadFile(
            file.lines.get("max_length", 1), f"{vote.max_ranks} ranks, but a ballot here has at most {MOST_RANKS}"
        )


def place_of(meta: Mapping[str, str]) -> str:
    """The neighborhood a file is about: its unit, with the district where it names one; empty where it names none."""
    return ", ".join(part for part in (meta.get("unit", ""), meta.get("district", "")) if part)


def name_of(meta: Mapping[str, str], year: int) -> str:
    """What the cycle is called: the file's description with the year, where that is not part of it."""
    name = meta.get("description") or place_of(meta) or meta.get("instance", "")
    named = name if str(year) in name else f"{name} {year}".strip()
    return shortened(named, LONGEST_NAME)


def year_of(meta: Mapping[str, str], today: date) -> int:
    """The year of the vote: the file's instance, else the year its voting began, else this one."""
    for text in (meta.get("instance", ""), meta.get("date_begin", "")[-4:], meta.get("date_begin", "")[:4]):
        if len(text) == 4 and text.isdecimal() and FIRST_YEAR <= int(text) <= today.year:
            return int(text)
    return today.year


def days_of(meta: Mapping[str, str], today: date) -> Days:
    """When people voted, if the file says so and it is over."""
    first, last = (_date(meta.get(key, "")) for key in ("date_begin", "date_end"))
    if first is not None and last is not None and first <= last <= today - timedelta(days=3):
        return Days(first_on=first, last_on=last, are_from_the_file=True)
    stand_in = today - timedelta(days=3)
    return Days(first_on=stand_in, last_on=stand_in, are_from_the_file=False)


def phases(days: Days) -> dict[PhaseKind, tuple[date, date]]:
    """The voting days, and a stand-in of one day for each phase around them, all past: a cycle has every phase once."""
    around = {
        PhaseKind.COLLECTING: days.first_on - timedelta(days=2),
        PhaseKind.REVIEWING: days.first_on - timedelta(days=1),
        PhaseKind.COUNTING: days.last_on + timedelta(days=1),
        PhaseKind.DELIVERING: days.last_on + timedelta(days=2),
    }
    voting = {PhaseKind.VOTING: (days.first_on, days.last_on)}
    return {kind: (around[kind], around[kind]) for kind in PhaseKind if kind in around} | voting


def category_of(cells: Mapping[str, str], categories: Sequence[tuple[int, str]]) -> int:
    """The id of the first category of the neighborhood that the project names, else of the first there is."""
    named = [name.strip().casefold() for name in cells.get("category", "").split(",")]
    by_name = {name.casefold(): id_ for id_, name in reversed(categories)}
    return next((by_name[name] for name in named if name in by_name), categories[0][0])


def where_from(file: PbFile, *, name: str, sha256: str, lot_given: bool) -> dict[str, Any]:
    """What the rule card says about the file, as plain data."""
    return {
        "file": name,
        "sha256": sha256,
        "lot_order_given": lot_given,
        "meta": {key: file.meta[key] for key in TOLD if key in file.meta},
    }


def shortened(text: str, most: int) -> str:
    """The text, cut with … where it is longer than a column holds."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _date(text: str) -> date | None:
    """A day as such files write it: 28.09.2019 or 2019-09-28; None for what cannot be one."""
    parts: Iterable[str] = reversed(text.split(".")) if "." in text else text.split("-")
    try:
        year, month, day = map(int, parts)
        return date(year, month, day) if year >= FIRST_YEAR else None
    except (ValueError, OverflowError):
        return None
