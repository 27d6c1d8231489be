"""Outcomes in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.meetings.outcomes.rules import ActionState, OutcomeKind, Refusal

KINDS: Mapping[OutcomeKind, LazyString] = {
    OutcomeKind.NOTE: _l("Note"),
    OutcomeKind.DECISION: _l("Decision"),
    OutcomeKind.ACTION: _l("Action"),
}

STATES: Mapping[ActionState, LazyString] = {
    ActionState.OPEN: _l("Open"),
    ActionState.DONE: _l("Done"),
    ActionState.DROPPED: _l("Dropped"),
}

REFUSALS: Mapping[Refusal, LazyString] = {
    Refusal.ASSEMBLY: _l("An assembly hears residents and decides nothing. Write a note or an action."),
    Refusal.NO_QUORUM: _l(
        "There is no quorum, so nothing can be decided. You may discuss, and write notes and actions. If somebody has"
        " come since, change the attendance first."
    ),
    Refusal.NOT_THERE: _l("Only somebody who is here and has a vote can move or second."),
    Refusal.SAME_SEAT: _l("Somebody else seconds it."),
    Refusal.TOO_MANY: _l("These are more votes than this side has here. Look at the attendance."),
    Refusal.TOO_MANY_OF_INSTITUTION: _l("These are more votes than this side has here. Look at the attendance."),
    Refusal.NO_VOTES: _l("Write down how each side voted."),
}

FIELDS: Mapping[Refusal, str] = {
    Refusal.NOT_THERE: "moved_by",
    Refusal.SAME_SEAT: "seconded_by",
    Refusal.TOO_MANY: "community_yes",
    Refusal.TOO_MANY_OF_INSTITUTION: "institution_yes",
    Refusal.NO_VOTES: "community_yes",
    Refusal.NO_QUORUM: "text",
    Refusal.ASSEMBLY: "text",
}
