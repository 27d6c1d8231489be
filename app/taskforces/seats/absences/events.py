"""What can have happened about an absence."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AbsenceTold(Event):
    """The holder of a seat will be away."""

    absence_id: int
    seat_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class AbsenceEnded(Event):
    """They are back before the last day, or do not go at all."""

    absence_id: int
    seat_id: int
    back_on: date
