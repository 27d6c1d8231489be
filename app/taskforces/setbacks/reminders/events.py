"""What a clock can have noticed; each carries the number of the domain rule that it follows."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event
from app.taskforces.setbacks.reminders.rules import Slip


@dataclass(frozen=True, kw_only=True)
class SlipNoticed(Event):
    """Something passed its day without a word, and both co-chairs are told."""

    kind: Slip
    rule: int
    task_force_id: int
    chair_ids: tuple[int, ...]
    project_id: int | None
    milestone_id: int | None
    setback_id: int | None
    action_id: int | None
    days_past: int
    due_on: date
