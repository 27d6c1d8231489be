"""When a completed project is looked at again, and what may be found."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

CONFIRM_AFTER = timedelta(weeks=4)
MOST_SNAGS = 20


class CheckKind(StrEnum):
    """The two looks at a completed project."""

    RESIDENTS = "residents"
    YEAR = "year"


class Works(StrEnum):
    """Whether it does what was promised."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Missing(StrEnum):
    """What is still to come before a project that is handed over is completed, in the order in which it comes."""

    VERIFICATION = "verification"
    SIGNATURES = "signatures"
    REPORT = "report"


def missing(*, open_milestones: int, is_signed: bool) -> tuple[Missing, ...]:
    """What is missing; the report is the last, for with its publication the project is completed."""
    lacks = {Missing.VERIFICATION: open_milestones > 0, Missing.SIGNATURES: not is_signed, Missing.REPORT: True}
    return tuple(each for each, is_missing in lacks.items() if is_missing)


def still_so(payload: Mapping[str, Any], milestones: Collection[tuple[int, date | None]]) -> bool:
    """Whether what both sides signed tells the milestones as they are: another promise since then is signed anew."""
    told = {(each["id"], each["actual_on"]) for each in payload["milestones"]}
    return told == {(id_, done_on.isoformat() if done_on else None) for id_, done_on in milestones}


def due_days(completed_on: date) -> Mapping[CheckKind, date]:
    """The days from which the two looks are due: four weeks and twelve months after completion."""
    leap_day = (completed_on.month, completed_on.day) == (2, 29)
    anniversary = completed_on.replace(year=completed_on.year + 1, day=28 if leap_day else completed_on.day)
    return {CheckKind.RESIDENTS: completed_on + CONFIRM_AFTER, CheckKind.YEAR: anniversary}
