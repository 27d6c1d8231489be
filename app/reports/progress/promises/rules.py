"""Until when a quarter's promises can be written and marked, and what became of one (domain rule 25)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.reports.rules import Period, ReportKind, period_of

LEAST_PROMISE, MOST_PROMISE = 15, 240
LEAST_LINE, MOST_LINE = 15, 400
MOST_PROMISES = 12
"""How many promises a task force makes for one quarter at the most: a report is read, not filed."""


class Kept(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT = "not"


class WhyNot(StrEnum):
    """Why a promise can be neither written nor marked now."""

    FROZEN = "frozen"
    TOO_MANY = "too_many"
    MARKED = "marked"
    NOT_YET = "not_yet"


@dataclass(frozen=True, kw_only=True)
class Around:
    """What stands around a promise: the quarter it is for, and whether the reports that print it are frozen."""

    quarter: Period
    made_in_frozen: bool
    """Whether the report in which it is made, that of the quarter before, is frozen already."""
    told_in_frozen: bool
    """Whether the report that says what became of it is."""


def quarter_of(day: date) -> Period:
    """The quarter a day falls in."""
    found = period_of(ReportKind.PROGRESS, day)
    assert found is not None  # a progress report tells of a quarter
    return found


def next_quarter(quarter: Period) -> Period:
    """The quarter after this one."""
    return quarter_of(quarter.last_on + timedelta(days=1))


def why_not_promise(around: Around, there: int) -> WhyNot | None:
    """Why nothing more can be promised for this quarter, or taken back, or None."""
    if around.made_in_frozen or around.told_in_frozen:
        return WhyNot.FROZEN
    return WhyNot.TOO_MANY if there >= MOST_PROMISES else None


def why_not_mark(around: Around, today: date) -> WhyNot | None:
    """Why nobody can say now what became of a promise, or None; until the report is frozen it can be said anew."""
    if around.told_in_frozen:
        return WhyNot.FROZEN
    return WhyNot.NOT_YET if today < around.quarter.first_on else None
