"""The demo's calendar, counted from the day of seeding, and the diary by which its past is lived in order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count
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


class Diary:
    """What everybody does and when: written down in any order, lived in the order of the days.

    Living a day may write down others to come; what would happen today or later is left to whoever uses the demo.
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._notes: list[tuple[tuple[int, int, int], int, Callable[[], object]]] = []
        self._order = count()

    def note(self, day: int, hour: int, act: Callable[[], object], *, minute: int = 0) -> None:
        """Let `act` happen on `day` at that time."""
        heappush(self._notes, ((day, hour, minute), next(self._order), act))

    def live(self) -> None:
        """Do everything up to yesterday."""
        while self._notes:
            (day, hour, minute), _, act = heappop(self._notes)
            if day < 0:
                with self.calendar.at(day, hour, minute):
                    act()


def calendar() -> Calendar:
    """The calendar of a demo seeded now."""
    return Calendar(today=clock.today(ZONE))
