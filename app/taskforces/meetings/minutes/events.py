"""What can have happened to minutes."""

from dataclasses import dataclass

from app.core.events import Event
from app.taskforces.meetings.minutes.rules import ApprovedBy


@dataclass(frozen=True, kw_only=True)
class MinutesDrafted(Event):
    """Minutes were assembled from the outcomes of a meeting."""

    meeting_id: int
    task_force_id: int
    draft_id: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class MinutesAmended(Event):
    """Another text of the minutes takes the place of the last, which stays to be compared."""

    meeting_id: int
    draft_id: int
    number: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(Event):
    """Minutes are final, by a decision of a later meeting or by both co-chairs."""

    meeting_id: int
    task_force_id: int
    draft_id: int
    digest: str
    approved_by: ApprovedBy
