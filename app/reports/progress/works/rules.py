"""What a report says of a late milestone, and which projects and setbacks it tells of in full (domain rule 24)."""

from datetime import date

from app.reports.rules import Period
from app.taskforces.projects.promises.rules import Timing


def is_within(period: Period, day: date | None) -> bool:
    """Whether a day belongs to the time that is told of."""
    return day is not None and period.first_on <= day <= period.last_on


def is_explained(timing: Timing, *, forecast_on: date, today: date, has_reason: bool, has_setback: bool) -> bool:
    """Whether somebody has said why a milestone is late, so that it can stand in a report (domain rule 24).

    A forecast that was moved with its reason holds until its own day has passed; a setback holds for good.
    """
    if timing is not Timing.LATE or has_setback:
        return True
    return has_reason and today <= forecast_on
