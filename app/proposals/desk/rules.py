"""When a paper form may be typed in, and when two numbers on forms are the same."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.cycles.rules import CycleFacts, PhaseKind
from app.proposals.rules import OPEN_CYCLES

GRACE_DAYS = 7
"""Days after the last one of collecting on which forms that came in time are still typed in."""
LINES = 6
"""Cost lines on the printed form and on the desk's page."""
LEAST_NAME, LEAST_CONTACT = 2, 3


class WhyNotTyped(StrEnum):
    """Why a paper form cannot be typed in."""

    NOT_YET = "not_yet"
    SHUT = "shut"
    BEFORE_THE_FIRST_DAY = "before_the_first_day"
    AFTER_THE_LAST_DAY = "after_the_last_day"
    IN_THE_FUTURE = "in_the_future"


def key_of(number: str) -> str:
    """What makes a number on a form that number: "No. 0012", "#12" and "12" are one form."""
    bare = re.sub(r"^(no|nº|n°|№|num|number|#)[.:\s#]*(?=\w*\d)", "", number.strip().casefold())
    signs = "".join(sign for sign in bare if sign.isalnum())
    return re.sub(r"(?<!\d)0+(?=\d)", "", signs)


def days(cycle: CycleFacts) -> tuple[date, date]:
    """The first and the last day on which forms are handed in, in the neighborhood's own days."""
    phase, zone = cycle.phase(PhaseKind.COLLECTING), ZoneInfo(cycle.time_zone)
    last = phase.ends_at - timedelta(microseconds=1)
    return phase.starts_at.astimezone(zone).date(), last.astimezone(zone).date()


def today_in(cycle: CycleFacts, moment: datetime) -> date:
    """The neighborhood's own day at that moment."""
    return moment.astimezone(ZoneInfo(cycle.time_zone)).date()


def why_shut(cycle: CycleFacts, moment: datetime) -> WhyNotTyped | None:
    """Why nothing is typed in at that moment, or None: from the first day of collecting to a week after its last, and
    never once the ballot is fixed."""
    (first, last), day = days(cycle), today_in(cycle, moment)
    if day < first:
        return WhyNotTyped.NOT_YET
    open_ = cycle.stage in OPEN_CYCLES and day <= last + timedelta(days=GRACE_DAYS)
    return None if open_ and not cycle.is_imported else WhyNotTyped.SHUT


def why_not_received(cycle: CycleFacts, received_on: date, moment: datetime) -> WhyNotTyped | None:
    """Why a form cannot have come in on that day, or None."""
    first, last = days(cycle)
    if received_on > today_in(cycle, moment):
        return WhyNotTyped.IN_THE_FUTURE
    if received_on > last:
        return WhyNotTyped.AFTER_THE_LAST_DAY
    return WhyNotTyped.BEFORE_THE_FIRST_DAY if received_on < first else None
