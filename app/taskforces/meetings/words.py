"""Meetings in plain words, the same on every page and in every refusal."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.meetings.rules import Act, MeetingKind, MeetingStage, Presence, Todo

KINDS: Mapping[MeetingKind, LazyString] = {
    MeetingKind.REGULAR: _l("Regular meeting"),
    MeetingKind.SPECIAL: _l("Special meeting"),
    MeetingKind.ASSEMBLY: _l("Neighborhood assembly"),
}

STAGES: Mapping[MeetingStage, LazyString] = {
    MeetingStage.DRAFT: _l("Being prepared"),
    MeetingStage.NOTICED: _l("Announced"),
    MeetingStage.POSTPONED: _l("Postponed"),
    MeetingStage.CANCELLED: _l("Called off"),
    MeetingStage.IN_SESSION: _l("In session now"),
    MeetingStage.HELD: _l("Took place"),
    MeetingStage.INQUORATE: _l("Took place without quorum"),
    MeetingStage.MINUTES_DRAFT: _l("Minutes in draft"),
    MeetingStage.MINUTES_APPROVED: _l("Minutes approved"),
    MeetingStage.CLOSED: _l("Minutes approved, nothing open"),
}

TONES: Mapping[MeetingStage, str] = {
    MeetingStage.DRAFT: "quiet",
    MeetingStage.NOTICED: "info",
    MeetingStage.POSTPONED: "warning",
    MeetingStage.CANCELLED: "bad",
    MeetingStage.IN_SESSION: "glow",
    MeetingStage.HELD: "waiting",
    MeetingStage.INQUORATE: "warning",
    MeetingStage.MINUTES_DRAFT: "waiting",
    MeetingStage.MINUTES_APPROVED: "good",
    MeetingStage.CLOSED: "good",
}

TODOS: Mapping[Todo, LazyString] = {
    Todo.ANNOUNCE: _l("Announce the meeting"),
    Todo.NAME_NEW_DATE: _l("Name the new day of the meeting"),
    Todo.END: _l("End the meeting"),
    Todo.DRAFT_MINUTES: _l("Draft the minutes"),
    Todo.APPROVE_MINUTES: _l("Approve the minutes, or put them before both co-chairs"),
    Todo.FINISH_ACTION: _l("Say what became of an action"),
    Todo.REVIEW_DECISION: _l("Look at a decision again"),
}

PRESENCES: Mapping[Presence, LazyString] = {
    Presence.PRESENT: _l("Here"),
    Presence.REMOTE: _l("Here by phone or video"),
    Presence.APOLOGY: _l("Sent an apology"),
    Presence.ABSENT: _l("Not here"),
}

NOT_NOW: Mapping[Act, LazyString] = {
    Act.PREPARE: _l("A meeting and its agenda can change only before it begins."),
    Act.NOTICE: _l("This meeting has been announced already."),
    Act.POSTPONE: _l("Only an announced meeting that has not begun can be postponed."),
    Act.NAME_NEW_DATE: _l("Only a postponed meeting gets a new date."),
    Act.CANCEL: _l("Only an announced or postponed meeting can be cancelled."),
    Act.OPEN: _l("Only an announced meeting can begin."),
    Act.RECORD: _l("Attendance and outcomes are written down only while the meeting is in session."),
    Act.END: _l("Only a meeting in session can end."),
    Act.DRAFT_MINUTES: _l("Minutes are drafted once, after the meeting has ended."),
    Act.AMEND_MINUTES: _l("Minutes can be amended only while they are a draft."),
    Act.APPROVE_MINUTES: _l("Only minutes in draft can be approved, and only once."),
    Act.CLOSE: _l("A meeting can be closed once its minutes are approved."),
}

NOT_YOU: Mapping[Act, LazyString] = {
    **dict.fromkeys(
        (Act.NOTICE, Act.POSTPONE, Act.NAME_NEW_DATE, Act.CANCEL),
        _l("Only the co-chairs of this task force and the clerk announce or call off its meetings."),
    ),
    **dict.fromkeys(
        (Act.PREPARE, Act.OPEN, Act.RECORD, Act.END, Act.DRAFT_MINUTES, Act.AMEND_MINUTES, Act.CLOSE),
        _l("Only the co-chairs of this task force, their deputies and its secretary do this."),
    ),
    Act.APPROVE_MINUTES: _l("Only the co-chairs of this task force approve minutes."),
}
