"""What can have happened to an outlook."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class OutlookSaid(Event):
    """An officer said when a proposal would be built, and who would lead it."""

    outlook_id: int
    proposal_id: int
    cycle_id: int
    starts_on: date
    ends_on: date
    lead: str = free_text()
