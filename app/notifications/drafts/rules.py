"""When followers are told a second time that a draft lies open."""

from datetime import date, timedelta

AHEAD = timedelta(days=2)
"""How long before the last day."""
AT_LEAST = timedelta(days=7)
"""Where a draft lies open for fewer days than this, the first mail is not that old, and there is no second."""


def is_near(opened_on: date, closes_on: date, on: date) -> bool:
    """Whether the last day is to be told again on a day."""
    return closes_on - opened_on >= AT_LEAST and closes_on - AHEAD <= on <= closes_on
