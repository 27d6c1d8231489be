"""What can have happened to a setback."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class SetbackReported(Event):
    """A task force said openly what went wrong."""

    project_id: int
    setback_id: int
    due_on: date
    title: str = free_text()


@dataclass(frozen=True, kw_only=True)
class CorrectiveActionPlanned(Event):
    """Somebody is to do something about a setback by a day."""

    project_id: int
    setback_id: int
    action_id: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class CorrectiveActionDone(Event):
    """It was done."""

    project_id: int
    setback_id: int
    action_id: int
    done_on: date


@dataclass(frozen=True, kw_only=True)
class SetbackResolved(Event):
    """A setback is over."""

    project_id: int
    setback_id: int
    resolved_on: date
