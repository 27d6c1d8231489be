"""What can have happened to a foreword."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.taskforces.seats.rules import Side


@dataclass(frozen=True, kw_only=True)
class ForewordWritten(Event):
    """A co-chair wrote the foreword of a year's budget report; it waits for the other side."""

    foreword_id: int
    neighborhood_id: int
    year: int
    side: Side
    text: str = free_text()


@dataclass(frozen=True, kw_only=True)
class ForewordAgreed(Event):
    """A co-chair of the other side agreed to it: the next edition prints it."""

    foreword_id: int
    neighborhood_id: int
    year: int
    side: Side
