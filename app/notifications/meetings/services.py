"""Telling of a meeting with the change that it is about: those with a seat at once, followers by the worker."""

from collections.abc import Mapping

from app.core.events import Event
from app.notifications.followers.services import tell_crowd
from app.notifications.meetings import queries
from app.notifications.meetings.rules import MeetingNews, told_of
from app.notifications.rules import MailKind
from app.notifications.services import leave_all
from app.taskforces.meetings.events import (
    MeetingCancelled,
    MeetingChanged,
    MeetingDatedAnew,
    MeetingNoticed,
    MeetingPostponed,
)
from app.taskforces.meetings.queries import facts
from app.taskforces.meetings.rules import MeetingStage

NEWS: Mapping[type[Event], MeetingNews] = {
    MeetingNoticed: MeetingNews.NOTICED,
    MeetingPostponed: MeetingNews.POSTPONED,
    MeetingDatedAnew: MeetingNews.DATED_ANEW,
    MeetingCancelled: MeetingNews.CANCELLED,
}


def tell(event: MeetingNoticed | MeetingPostponed | MeetingDatedAnew | MeetingCancelled) -> None:
    """It is announced, postponed, has its new day, or is called off."""
    _tell(event.meeting_id, news=NEWS[type(event)].value)


def tell_changed(event: MeetingChanged) -> None:
    """What was announced is another place, another way in … Nobody is told of what was not announced yet."""
    changed, found = told_of(event.changed), facts(event.meeting_id)
    if changed and found.stage is MeetingStage.NOTICED:
        news = MeetingNews.CHANGED.value
        _tell(event.meeting_id, news=news, changed=" ".join(changed), stays_on=found.day.isoformat())


def _tell(meeting_id: int, **said: str) -> None:
    """Whoever did it is told as well: the file is for their calendar, too."""
    told = {"meeting_id": meeting_id, **said}
    leave_all(MailKind.MEETING_SEATED, dict.fromkeys(sorted(queries.seated(meeting_id)), told))
    tell_crowd(MailKind.MEETING_FOLLOWED, meeting_id=meeting_id, **said)
