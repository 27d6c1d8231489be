"""When a completed project is looked at again, and what may be found."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

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


def due_days(completed_on: date) -> Mapping[CheckKind, date]:
    """The days from which the two looks are due: four weeks and twelve months after completion."""
    leap_day = (completed_on.month, completed_on.day) == (2, 29)
    anniversary = completed_on.replace(year=completed_on.year + 1, day=28 if leap_day else completed_on.day)
    return {CheckKind.RESIDENTS: completed_on + CONFIRM_AFTER, CheckKind.YEAR: anniversary}
