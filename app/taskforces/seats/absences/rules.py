"""Which days an absence covers, and why one cannot be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=180)
"""Whoever is away longer gives the seat back."""


class WhyNot(StrEnum):
    """Why an absence cannot be written down."""

    IN_THE_PAST = "in_the_past"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    TOO_LONG = "too_long"
    OVERLAPS = "overlaps"
    NOT_HELD = "not_held"


@dataclass(frozen=True, kw_only=True)
class Days:
    """An absence from a day to a day, both included; from `back_on` on it is over."""

    starts_on: date
    ends_on: date
    back_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether its holder is away on `day`."""
        return self.starts_on <= day <= self.ends_on and (self.back_on is None or day < self.back_on)

    def is_over(self, day: date) -> bool:
        """Whether it lies behind on `day`."""
        return day > self.ends_on or (self.back_on is not None and (day >= self.back_on))


def why_not_away(wanted: Days, *, on: date, until: date | None, told: Iterable[Days]) -> WhyNot | None:
    """The first reason why an absence cannot be written down on `on`, for a term until `until`."""
    if wanted.starts_on < on:
        return WhyNot.IN_THE_PAST
    if wanted.ends_on < wanted.starts_on:
        return WhyNot.ENDS_BEFORE_IT_STARTS
    if wanted.ends_on - wanted.starts_on > LONGEST:
        return WhyNot.TOO_LONG
    if until is not None and wanted.starts_on > until:
        return WhyNot.NOT_HELD
    running = [days for days in told if not days.is_over(on)]
    meets = any(days.starts_on <= wanted.ends_on and wanted.starts_on <= days.ends_on for days in running)
    return WhyNot.OVERLAPS if meets else None
