"""What can have happened to indicators; the log has no values, so that none that is kept back stands in it."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class IndicatorDefined(Event):
    """A clerk wrote down how an indicator is defined: a first card, or a new version of one."""

    neighborhood_id: int
    indicator_id: int
    version: int
    title: str
    formula: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ReadingEntered(Event):
    """A clerk entered what an indicator was in a period, or corrected it."""

    neighborhood_id: int
    indicator_id: int
    version: int
    first_on: date
    last_on: date
    number: int
    is_provisional: bool
    file_hash: str | None
    note: str | None = free_text()
