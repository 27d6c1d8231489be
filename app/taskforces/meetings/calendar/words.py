"""What a calendar says of a meeting."""

from flask_babel import gettext as _

from app.taskforces.meetings.queries import MeetingFacts
from app.taskforces.meetings.rules import MeetingStage
from app.taskforces.meetings.words import KINDS, STAGES


def is_off(meeting: MeetingFacts) -> bool:
    """Whether nobody should come at this time: it is cancelled, or its new day is not named yet."""
    return meeting.stage in (MeetingStage.CANCELLED, MeetingStage.POSTPONED)


def summary(meeting: MeetingFacts) -> str:
    """Its title, and what became of it if it does not happen then."""
    title = f"{meeting.body_name}: {meeting.title}"
    return f"{STAGES[meeting.stage]}: {title}" if is_off(meeting) else title


def description(meeting: MeetingFacts) -> str:
    """What people need to know who want to come."""
    lines = [f"{KINDS[meeting.kind]} {meeting.code}"]
    if meeting.reason:
        lines.append(_("Reason: %(reason)s", reason=meeting.reason))
    lines.append(_("Access: %(access)s", access=meeting.access))
    lines.append(_("Languages: %(languages)s", languages=meeting.interpretation))
    if meeting.childcare:
        lines.append(_("Children: %(offered)s", offered=meeting.childcare))
    if meeting.online_link:
        lines.append(_("Online: %(link)s", link=meeting.online_link))
    return "\n".join(lines)
