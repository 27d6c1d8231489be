"""What waits, in plain words, what happens by itself, and where each thing is done."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.agenda.rules import Todo

TODOS: Mapping[Todo, LazyString] = {
    Todo.SIGN: _l("Your side's signature is asked for"),
    Todo.CHECK_UPDATE: _l("A member has written an update: read and publish it"),
    Todo.REPLY: _l("Reply to what oversight recommends"),
    Todo.EXPLAIN: _l("Say why it is late"),
    Todo.PUT_RIGHT: _l("A setback needs your next step"),
    Todo.VERIFY_STEP: _l("The other side says that a step against a setback is done: see whether it is"),
    Todo.ANSWER: _l("Answer a question in plain words"),
    Todo.PASS_ON: _l("Read a question and say who answers it"),
    Todo.ANNOUNCE: _l("Announce the meeting"),
    Todo.NEW_DATE: _l("Name the new day of the meeting"),
    Todo.END_MEETING: _l("End the meeting"),
    Todo.DRAFT_MINUTES: _l("Draft the minutes"),
    Todo.APPROVE_MINUTES: _l("Approve the minutes, or put them before both co-chairs"),
    Todo.ACT: _l("You took this on in a meeting"),
    Todo.REVIEW: _l("Look at a decision again"),
    Todo.UPDATE: _l("Publish an update: residents have not heard for eight weeks"),
    Todo.DUE: _l("Is it done, or does the day move?"),
    Todo.COMPLETE: _l("Every milestone is done: complete the project"),
    Todo.VERIFY: _l("The other side says that it is done: look, and verify it"),
    Todo.PLAN: _l("Write down the milestones"),
    Todo.SET_BASELINE: _l("Look through the milestones and make them the promise"),
}

BY_ITSELF: Mapping[Todo, LazyString] = {
    Todo.SIGN: _l("It expires, and the page says which side did not sign."),
    Todo.CHECK_UPDATE: _l("It is published without a co-chair's name, and says so."),
    Todo.REPLY: _l("The page says that your reply is overdue."),
    Todo.EXPLAIN: _l("A setback opens, since nobody has said why this is late."),
    Todo.DUE: _l("The page shows this milestone as late."),
    Todo.PUT_RIGHT: _l("The register of setbacks shows this step as overdue."),
    Todo.VERIFY_STEP: _l("The register of setbacks shows this check as overdue."),
    Todo.ANSWER: _l("The page says that the answer is overdue."),
    Todo.PASS_ON: _l("The page says that the answer is overdue."),
    Todo.ANNOUNCE: _l("It is too late to announce the meeting in time, so it must be moved."),
    Todo.DRAFT_MINUTES: _l("The minutes are late."),
    Todo.ACT: _l("Everybody sees that this action is overdue."),
    Todo.REVIEW: _l("The day to look at this decision again has passed."),
}
"""What everybody sees from the next day on if nothing is done."""

PLACES: Mapping[Todo, str] = {
    Todo.SIGN: "signing.show",
    Todo.CHECK_UPDATE: "drafts.publish",
    Todo.REPLY: "oversight.show",
    Todo.EXPLAIN: "milestones.forecast",
    Todo.PUT_RIGHT: "setbacks.show",
    Todo.VERIFY_STEP: "setbacks.show",
    Todo.ANSWER: "questions.show",
    Todo.PASS_ON: "questions.show",
    Todo.ANNOUNCE: "meetings.show",
    Todo.NEW_DATE: "meetings.name_new_date",
    Todo.END_MEETING: "sessions.end_session",
    Todo.DRAFT_MINUTES: "meetings.show",
    Todo.APPROVE_MINUTES: "minutes.show",
    Todo.ACT: "outcomes.end_action",
    Todo.REVIEW: "meetings.show",
    Todo.UPDATE: "updates.write",
    Todo.DUE: "projects.show",
    Todo.VERIFY: "claims.look",
    Todo.COMPLETE: "closing.complete",
    Todo.PLAN: "milestones.plan",
    Todo.SET_BASELINE: "milestones.plan",
}
"""The page on which each is done."""
