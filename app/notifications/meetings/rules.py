"""What is told of a meeting, and when a mail about it is overtaken."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from app.taskforces.meetings.rules import MeetingStage


class MeetingNews(StrEnum):
    """What became of a meeting."""

    NOTICED = "noticed"
    CHANGED = "changed"
    POSTPONED = "postponed"
    DATED_ANEW = "dated_anew"
    CANCELLED = "cancelled"


HOLDS_IN: Mapping[MeetingNews, MeetingStage] = {
    MeetingNews.NOTICED: MeetingStage.NOTICED,
    MeetingNews.CHANGED: MeetingStage.NOTICED,
    MeetingNews.POSTPONED: MeetingStage.POSTPONED,
    MeetingNews.DATED_ANEW: MeetingStage.NOTICED,
    MeetingNews.CANCELLED: MeetingStage.CANCELLED,
}
"""The stage in which each is still true; in any other, a later mail says what is."""
TOLD = ("title", "place", "access", "interpretation", "childcare", "online_link")
"""What of an announced meeting is told when it changes: where people go, how they get in, and how they follow it."""


def told_of(changed: Collection[str]) -> tuple[str, ...]:
    """What of these changes is told, in the order in which a mail names it."""
    return tuple(name for name in TOLD if name in changed)
