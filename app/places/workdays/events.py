"""What can have happened to the calendar of a neighborhood."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class HolidaysSet(Event):
    """The holidays of a neighborhood were written down anew; time limits that run already keep their day."""

    neighborhood_id: int
    days: tuple[date, ...]
