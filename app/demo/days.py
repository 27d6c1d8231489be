"""The demo's calendar: days counted from the day of seeding, and how to be there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core import clock

ZONE = "America/New_York"


@dataclass(frozen=True)
class Calendar:
    """Day 0 is the day of seeding; the past has negative days."""

    today: date

    def on(self, day: int) -> date:
        """The date of `day`."""
        return self.today + timedelta(days=day)

    @contextmanager
    def at(self, day: int, hour: int = 12, minute: int = 0) -> Iterator[None]:
        """Be in Riverside on `day` at that hour of the local clock."""
        moment = datetime.combine(self.on(day), time(hour, minute), ZoneInfo(ZONE)).astimezone(UTC)
        with clock.at(moment):
            yield


def calendar() -> Calendar:
    """The calendar of a demo seeded now."""
    return Calendar(today=clock.today(ZONE))
