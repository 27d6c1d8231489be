"""What is due, in plain words, and the page on which it is seen to."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.admin.week.rules import DueKind

KINDS: Mapping[DueKind, LazyString] = {
    DueKind.SIGNATURES: _l("Signatures are missing; on this day the time to sign ends"),
    DueKind.UPDATE: _l("An update is published without a co-chair"),
    DueKind.REPLY: _l("A recommendation of oversight is to be replied to"),
    DueKind.VACANCY: _l("A co-chair's seat will have been vacant for 30 days: the task force is impaired"),
    DueKind.TERM: _l("A term ends"),
    DueKind.NOMINATION: _l("Somebody was nominated for a seat: offer it, or say why not"),
    DueKind.CHARTER: _l("The charter is to be reviewed"),
    DueKind.PHASE: _l("A phase of the cycle ends"),
    DueKind.SETBACK: _l("A step against a setback is due"),
    DueKind.QUESTION: _l("A question is to be answered"),
    DueKind.MEETING: _l("A meeting is to be announced: after this day it is too late"),
    DueKind.MINUTES: _l("Minutes are to be drafted"),
    DueKind.ACTION: _l("An action that somebody took on in a meeting is due"),
    DueKind.DECISION: _l("A decision is to be looked at again"),
    DueKind.COUNCIL: _l("The council was asked to decide: put its decision on record"),
    DueKind.BOOKS: _l("The ledger is to be held against the council’s books of a month"),
    DueKind.REPORT: _l("A report is to be published"),
    DueKind.LATE_REPORTS: _l("Reports are overdue; residents see it, too"),
}

LEFT_TO_OTHERS: Mapping[DueKind, LazyString] = {
    DueKind.NOMINATION: _l("You nominated them yourself, so another clerk answers it."),
    DueKind.COUNCIL: _l("You have a seat in this task force, so another clerk puts it on record."),
}
"""Why whoever reads the week may not see to it, though it is a clerk's to do."""

PLACES: Mapping[DueKind, str] = {
    DueKind.SIGNATURES: "signing.show",
    DueKind.UPDATE: "projects.show",
    DueKind.REPLY: "oversight.show",
    DueKind.VACANCY: "taskforces.show",
    DueKind.TERM: "taskforces.show",
    DueKind.NOMINATION: "nominations.offer",
    DueKind.CHARTER: "taskforces.show",
    DueKind.PHASE: "office_cycles.show",
    DueKind.SETBACK: "setbacks.show",
    DueKind.QUESTION: "questions.show",
    DueKind.MEETING: "meetings.show",
    DueKind.MINUTES: "meetings.show",
    DueKind.ACTION: "meetings.show",
    DueKind.DECISION: "meetings.show",
    DueKind.COUNCIL: "escalating.record",
    DueKind.BOOKS: "tie_outs.new",
    DueKind.REPORT: "reports.publish",
    DueKind.LATE_REPORTS: "report_desk.index",
}
