"""What can have happened to a session."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event
from app.taskforces.meetings.rules import MeetingStage


@dataclass(frozen=True, kw_only=True)
class MeetingOpened(Event):
    """A meeting is in session."""

    meeting_id: int
    task_force_id: int


@dataclass(frozen=True, kw_only=True)
class AttendanceTaken(Event):
    """Who is there was written down, seat by seat."""

    meeting_id: int
    seat_ids: tuple[int, ...]
    """Of those who are there."""
    public_count: int


@dataclass(frozen=True, kw_only=True)
class MeetingEnded(Event):
    """A session is over, with or without quorum."""

    meeting_id: int
    task_force_id: int
    stage: MeetingStage
    minutes_due_on: date
