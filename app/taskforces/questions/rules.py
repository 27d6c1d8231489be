"""The stages of a question, what may be done in each, and when it is overdue (domain: stage machine Question)."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

DUE_WORKING_DAYS = 10
SILENCE = timedelta(days=14)
"""So long whoever asked can rate an answer; after that it counts as not rated."""
FORGET_AFTER = timedelta(days=14)
"""So long after a question has ended it is still kept how to reach whoever asked."""
RULE = 31
"""The business rule about questions; what the clock does carries it."""
LEAST_TEXT, MOST_TEXT = 15, 2000
LEAST_REASON, MOST_REASON = 20, 1000
LEAST_ANSWER, MOST_PLAIN, MOST_FULL = 20, 1200, 8000


class Stage(StrEnum):
    """Where a question is."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    CLOSED = "closed"
    DECLINED = "declined"
    MERGED = "merged"


class Act(StrEnum):
    """What can be done with a question."""

    ACCEPT = "accept"
    DECLINE = "decline"
    MERGE = "merge"
    ASSIGN = "assign"
    REDACT = "redact"
    DRAFT = "draft"
    ANSWER = "answer"
    RATE = "rate"
    ESCALATE = "escalate"
    FALL_SILENT = "fall_silent"
    PASS_ON = "pass_on"


class Channel(StrEnum):
    """How a question came in."""

    WEB = "web"
    DESK = "desk"


class Subject(StrEnum):
    """What a question is about."""

    PROJECT = "project"
    TASK_FORCE = "task_force"
    AREA = "area"
    MEETING = "meeting"
    NEIGHBORHOOD = "neighborhood"


class DeclineReason(StrEnum):
    """Why a question is not answered here (rule 31: on record, with its reason)."""

    NOT_OURS = "not_ours"
    PERSONAL = "personal"
    INSULT = "insult"
    ADVERTISING = "advertising"
    EMERGENCY = "emergency"
    OTHER = "other"


class Removed(StrEnum):
    """Why words were taken out of a question."""

    INSULT = "insult"
    PERSONAL = "personal"


class Verdict(StrEnum):
    """What whoever asked says about the answer."""

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT = "not"


class WhyNot(StrEnum):
    """Why something cannot be done with a question."""

    STAGE = "stage"
    OWN = "own"
    FIRST_ANSWERER = "first_answerer"
    OTHER_CO_CHAIR = "other_co_chair"
    MERGED_TARGET = "merged_target"
    ITSELF = "itself"
    ELSEWHERE = "elsewhere"
    NOT_THERE = "not_there"
    NOT_OWNER_HERE = "not_owner_here"
    IN_THE_FUTURE = "in_the_future"
    TOO_OLD = "too_old"
    PASSED_ON = "passed_on"
    NOTHING_TO_PASS_ON = "nothing_to_pass_on"


OPEN = frozenset({Stage.RECEIVED, Stage.ACCEPTED, Stage.ASSIGNED, Stage.ESCALATED})
"""Somebody waits for an answer."""
ENDED = frozenset({Stage.CLOSED, Stage.DECLINED, Stage.MERGED})
UNSEEN = frozenset({Stage.RECEIVED})
"""Nobody of the task force or the office has read it yet, so its words are not public."""
WORDLESS = frozenset({DeclineReason.PERSONAL, DeclineReason.INSULT})
"""Declined for these reasons, a question's words stay away; that there was one, and why it was declined, does not."""

TABLE: Mapping[tuple[Stage, Act], Stage] = {
    (Stage.RECEIVED, Act.ACCEPT): Stage.ACCEPTED,
    (Stage.RECEIVED, Act.DECLINE): Stage.DECLINED,
    (Stage.RECEIVED, Act.MERGE): Stage.MERGED,
    (Stage.ACCEPTED, Act.MERGE): Stage.MERGED,
    (Stage.ASSIGNED, Act.MERGE): Stage.MERGED,
    (Stage.ACCEPTED, Act.ASSIGN): Stage.ASSIGNED,
    (Stage.ASSIGNED, Act.ASSIGN): Stage.ASSIGNED,
    (Stage.ASSIGNED, Act.DRAFT): Stage.ASSIGNED,
    (Stage.ESCALATED, Act.DRAFT): Stage.ESCALATED,
    (Stage.ASSIGNED, Act.ANSWER): Stage.ANSWERED,
    (Stage.ESCALATED, Act.ANSWER): Stage.ANSWERED,
    (Stage.ANSWERED, Act.RATE): Stage.CLOSED,
    (Stage.ANSWERED, Act.ESCALATE): Stage.ESCALATED,
    (Stage.ANSWERED, Act.FALL_SILENT): Stage.CLOSED,
    **{(stage, Act.REDACT): stage for stage in Stage},
    **{(stage, Act.PASS_ON): stage for stage in (*ENDED, Stage.ANSWERED, Stage.ESCALATED)},
}
"""Every step there is; whatever is not here is refused, for everybody."""


def after(stage: Stage, act: Act) -> Stage | None:
    """Where `act` leads from `stage`; None where it is not possible."""
    return TABLE.get((stage, act))


def code(number: int) -> str:
    """The public number of a question, like `Q-118`."""
    return f"Q-{number}"


def act_of(verdict: Verdict, *, escalated: bool) -> Act:
    """What a rating does: «not answered» takes the question to the other co-chair, once."""
    return Act.ESCALATE if verdict is Verdict.NOT and not escalated else Act.RATE


def due_on(asked_on: date, ten_days_on: date, meeting_on: date | None) -> date:
    """The day by which a question is answered: ten working days, or the meeting it is about if that comes sooner."""
    if meeting_on is not None and asked_on < meeting_on < ten_days_on:
        return meeting_on
    return ten_days_on


def is_overdue(stage: Stage, due_on: date, today: date) -> bool:
    """Whether somebody waits for an answer past its day; lateness stops at the answer."""
    return stage in OPEN and today > due_on


def is_silent(stage: Stage, answered_on: date | None, today: date) -> bool:
    """Whether whoever asked has had their time to rate the answer."""
    return stage is Stage.ANSWERED and answered_on is not None and today > answered_on + SILENCE


def shows_words(stage: Stage, reason: DeclineReason | None) -> bool:
    """Whether everybody may read the question's words."""
    return stage not in UNSEEN and reason not in WORDLESS


MARKS: Mapping[Removed, str] = {Removed.INSULT: "\ue000", Removed.PERSONAL: "\ue001"}
"""What stands in a text in place of words that were taken out: characters that nobody can type in."""


def without_marks(text: str) -> str:
    """A text as it was typed, without characters that would look as if words had been taken out."""
    return text.translate({ord(mark): None for mark in MARKS.values()})


def taken_out(text: str, passages: tuple[str, ...], why: Removed) -> str:
    """`text` with a visible mark in place of each of `passages`, wherever it stands (rule 31)."""
    for passage in sorted(passages, key=len, reverse=True):
        text = text.replace(passage, MARKS[why])
    return text
