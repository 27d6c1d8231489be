"""How a milestone stands against its promise: late and missed are derived from its dates (domain rules 18 to 20)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.taskforces.projects.rules import DEFAULTS, Thresholds


class Timing(StrEnum):
    """How a milestone stands against its promise; late and missed are derived, never typed."""

    AHEAD = "ahead"
    EXPECTED_LATE = "expected_late"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"


@dataclass(frozen=True, kw_only=True)
class Dates:
    """A milestone's three dates."""

    baseline_on: date
    forecast_on: date
    actual_on: date | None


def timing(dates: Dates, today: date) -> Timing:
    """How a milestone stands; lateness stops on the day it was done."""
    if dates.actual_on is not None:
        return Timing.DONE_LATE if dates.actual_on > dates.baseline_on else Timing.DONE
    if today > dates.baseline_on:
        return Timing.LATE
    return Timing.EXPECTED_LATE if dates.forecast_on > dates.baseline_on else Timing.AHEAD


def slip_days(dates: Dates, today: date) -> int:
    """By how many days a milestone comes (or came) after its promise."""
    end = dates.actual_on or max(dates.forecast_on, today)
    return max(0, (end - dates.baseline_on).days)


def is_unexplained(dates: Dates, today: date, thresholds: Thresholds = DEFAULTS) -> bool:
    """Whether a milestone is past its promise, and past what was last expected, with nobody saying why (rule 19)."""
    patience = timedelta(days=thresholds.unexplained_days)
    return dates.actual_on is None and today >= max(dates.baseline_on, dates.forecast_on) + patience
