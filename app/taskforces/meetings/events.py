"""What can have happened to a meeting before and after its session."""

from dataclasses import dataclass
from datetime import datetime

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class MeetingDrafted(Event):
    """A meeting is being prepared; nobody is invited yet."""

    meeting_id: int
    task_force_id: int
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(Event):
    """Where, how or about what a meeting is has changed."""

    meeting_id: int
    sequence: int
    agenda_edition: int
    changed: tuple[str, ...] = ()
    """What of the meeting itself is another than before, by the names of its columns."""


@dataclass(frozen=True, kw_only=True)
class MeetingNoticed(Event):
    """Everybody was invited, with the first edition of the agenda."""

    meeting_id: int
    task_force_id: int
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingPostponed(Event):
    """A meeting does not happen on its day; another will be named."""

    meeting_id: int
    task_force_id: int
    sequence: int
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class MeetingDatedAnew(Event):
    """A postponed meeting has its new day."""

    meeting_id: int
    task_force_id: int
    sequence: int
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(Event):
    """A meeting does not happen."""

    meeting_id: int
    task_force_id: int
    sequence: int
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class MeetingClosed(Event):
    """Minutes are approved and every action of a meeting has ended."""

    meeting_id: int
    task_force_id: int
