"""How an offer of a seat ends, and from when an accepted seat is held."""

from datetime import date
from enum import StrEnum


class Ending(StrEnum):
    """How an offer ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


def first_day(offered_from: date, accepted_on: date, *, on_paper: bool) -> date:
    """From when somebody holds a seat: never before they said yes. What a paper says may begin earlier."""
    return offered_from if on_paper else max(offered_from, accepted_on)
