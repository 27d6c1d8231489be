"""What can have happened to the promise of a project."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class BaselineSet(Event):
    """Both sides have promised: so many milestones, the last on a day; the one before stays visible."""

    project_id: int
    baseline_id: int
    number: int
    agreement_id: int
    milestones: int
    dropped: int
    finish_on: date
    allocated_cents: int
    reason: str | None = free_text()
