"""What can have happened to a file of residents' reports."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class RequestsTaken(Event):
    """A clerk took the figures of a period from a file of reports."""

    neighborhood_id: int
    first_on: date
    last_on: date
    file_hash: str
    rows: int
    reading_ids: tuple[int, ...]
