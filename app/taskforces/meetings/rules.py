"""Stages of a meeting, what may be done in each, by whom, and how long before it a meeting is noticed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MINUTES_DAYS = 5
"""Working days after a meeting until its minutes are drafted (domain, clocks)."""
MOST_HOURS = 12
IMPAIRS = 2
"""Meetings in a row without a quorum after which a task force is impaired (domain, stages of a task force)."""


class MeetingKind(StrEnum):
    """What kind of meeting it is; an assembly hears residents and decides nothing."""

    REGULAR = "regular"
    SPECIAL = "special"
    ASSEMBLY = "assembly"


class MeetingStage(StrEnum):
    """Where a meeting is."""

    DRAFT = "draft"
    NOTICED = "noticed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    IN_SESSION = "in_session"
    HELD = "held"
    INQUORATE = "inquorate"
    MINUTES_DRAFT = "minutes_draft"
    MINUTES_APPROVED = "minutes_approved"
    CLOSED = "closed"


class Act(StrEnum):
    """Something that is done with a meeting."""

    PREPARE = "prepare"
    """Change its facts or its agenda before it begins."""
    NOTICE = "notice"
    POSTPONE = "postpone"
    NAME_NEW_DATE = "name_new_date"
    CANCEL = "cancel"
    OPEN = "open"
    RECORD = "record"
    """Write down who is there and what comes of it."""
    END = "end"
    DRAFT_MINUTES = "draft_minutes"
    AMEND_MINUTES = "amend_minutes"
    APPROVE_MINUTES = "approve_minutes"
    CLOSE = "close"


S = MeetingStage
ENDED = (S.HELD, S.INQUORATE, S.MINUTES_DRAFT, S.MINUTES_APPROVED, S.CLOSED)
"""Stages after the session."""
PUBLIC = tuple(stage for stage in S if stage is not S.DRAFT)
STEPS: Mapping[Act, Mapping[MeetingStage, tuple[MeetingStage, ...]]] = {
    Act.PREPARE: {S.DRAFT: (S.DRAFT,), S.NOTICED: (S.NOTICED,)},
    Act.NOTICE: {S.DRAFT: (S.NOTICED,)},
    Act.POSTPONE: {S.NOTICED: (S.POSTPONED,)},
    Act.NAME_NEW_DATE: {S.POSTPONED: (S.NOTICED,)},
    Act.CANCEL: {S.NOTICED: (S.CANCELLED,), S.POSTPONED: (S.CANCELLED,)},
    Act.OPEN: {S.NOTICED: (S.IN_SESSION,)},
    Act.RECORD: {S.IN_SESSION: (S.IN_SESSION,)},
    Act.END: {S.IN_SESSION: (S.HELD, S.INQUORATE)},
    Act.DRAFT_MINUTES: {S.HELD: (S.MINUTES_DRAFT,), S.INQUORATE: (S.MINUTES_DRAFT,)},
    Act.AMEND_MINUTES: {S.MINUTES_DRAFT: (S.MINUTES_DRAFT,)},
    Act.APPROVE_MINUTES: {S.MINUTES_DRAFT: (S.MINUTES_APPROVED,)},
    Act.CLOSE: {S.MINUTES_APPROVED: (S.CLOSED,)},
}
"""Every step there is: from which stage an act may be done, and which stages it may lead to."""


class Hand(StrEnum):
    """In what capacity somebody acts on a meeting."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    CLERK = "clerk"


_WRITE = frozenset({Hand.CHAIR, Hand.DEPUTY, Hand.SECRETARY})
_ANNOUNCE = frozenset({Hand.CHAIR, Hand.CLERK})
HANDS: Mapping[Act, frozenset[Hand]] = {
    **dict.fromkeys((Act.PREPARE, Act.OPEN, Act.RECORD, Act.END, Act.CLOSE), _WRITE),
    **dict.fromkeys((Act.DRAFT_MINUTES, Act.AMEND_MINUTES), _WRITE),
    **dict.fromkeys((Act.NOTICE, Act.POSTPONE, Act.NAME_NEW_DATE, Act.CANCEL), _ANNOUNCE),
    Act.APPROVE_MINUTES: frozenset({Hand.CHAIR}),
}
"""Who does what (domain, roles: co-chairs and secretary write, co-chairs and clerk announce, co-chairs approve)."""

NOTICE_DAYS: Mapping[MeetingKind, int] = {MeetingKind.REGULAR: 7, MeetingKind.SPECIAL: 3, MeetingKind.ASSEMBLY: 7}
"""Calendar days between the notice and the meeting, at the least (domain, clocks: 3 to 7 days)."""


class Todo(StrEnum):
    """Something about meetings that waits for people of a task force."""

    ANNOUNCE = "announce"
    NAME_NEW_DATE = "name_new_date"
    END = "end"
    DRAFT_MINUTES = "draft_minutes"
    APPROVE_MINUTES = "approve_minutes"
    FINISH_ACTION = "finish_action"
    REVIEW_DECISION = "review_decision"


WAITS_IN: Mapping[MeetingStage, Todo] = {
    S.DRAFT: Todo.ANNOUNCE,
    S.POSTPONED: Todo.NAME_NEW_DATE,
    S.IN_SESSION: Todo.END,
    S.HELD: Todo.DRAFT_MINUTES,
    S.INQUORATE: Todo.DRAFT_MINUTES,
    S.MINUTES_DRAFT: Todo.APPROVE_MINUTES,
}
"""What a meeting in this stage waits for."""


def due_on(todo: Todo, kind: MeetingKind, *, starts_on: date, minutes_due_on: date | None) -> date | None:
    """The last day on which what a meeting waits for is in time; None where there is none."""
    if todo is Todo.ANNOUNCE:
        return starts_on - timedelta(days=NOTICE_DAYS[kind])
    return minutes_due_on if todo is Todo.DRAFT_MINUTES else None


def can(act: Act, stage: MeetingStage) -> bool:
    """Whether something may be done with a meeting in this stage."""
    return stage in STEPS[act]


def is_step(act: Act, old: MeetingStage, new: MeetingStage) -> bool:
    """Whether an act leads from one stage to another."""
    return new in STEPS[act].get(old, ())


def is_noticed_in_time(kind: MeetingKind, *, noticed_on: date, starts_on: date) -> bool:
    """Whether enough days lie between the notice and the meeting."""
    return (starts_on - noticed_on).days >= NOTICE_DAYS[kind]


def first_day(kind: MeetingKind, noticed_on: date) -> date:
    """The first day on which a meeting noticed today can be."""
    return noticed_on + timedelta(days=NOTICE_DAYS[kind])


class NoTime(ValueError):
    """The clocks there never show this time, or not in this order; `field` is what is wrong."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def moments(day: date, begins: time, ends: time, zone: str) -> tuple[datetime, datetime]:
    """Begin and end as moments; an end before the begin is on the next day.

    Raises NoTime for an hour that is left out when the clocks go forward there, and for more than twelve hours.
    """
    starts_at = datetime.combine(day, begins, ZoneInfo(zone))
    last = day if ends > begins else day + timedelta(days=1)
    ends_at = datetime.combine(last, ends, ZoneInfo(zone))
    for field, at in (("begins", starts_at), ("ends", ends_at)):
        if at.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).time() != at.time():
            raise NoTime(field)
    start, end = (at.astimezone(ZoneInfo("UTC")) for at in (starts_at, ends_at))
    if not timedelta(0) < end - start <= timedelta(hours=MOST_HOURS):
        raise NoTime("ends")
    return start, end


def code(task_force_id: int, number: int) -> str:
    """The public name of a meeting, for example TF-2/MTG-07."""
    return f"TF-{task_force_id}/MTG-{number:02}"


class Presence(StrEnum):
    """Whether the holder of a seat was there."""

    PRESENT = "present"
    REMOTE = "remote"
    APOLOGY = "apology"
    ABSENT = "absent"


HERE = frozenset({Presence.PRESENT, Presence.REMOTE})
SILENT = frozenset({"observer", "secretary"})
"""Kinds of seat that do not vote, so they count for no quorum."""
STANDS_IN = "deputy"
CHAIRS = "co_chair"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A held seat: its kind and side in words, and whether its holder is there."""

    seat_id: int
    kind: str
    side: str
    presence: Presence | None = None


@dataclass(frozen=True, kw_only=True)
class Quorum:
    """How many votes are needed and how many are there, by side; an assembly needs none and decides nothing."""

    needed: int
    community: int
    institution: int

    @property
    def is_met(self) -> bool:
        """More than half of the seats that vote are there, and each side has one of them at least."""
        return self.needed > 0 and self.total >= self.needed and self.community > 0 and self.institution > 0

    @property
    def total(self) -> int:
        """The votes that are there."""
        return self.community + self.institution

    @property
    def missing(self) -> int:
        """How many votes are missing, whatever their side."""
        return max(0, self.needed - self.total)


def quorum(places: Iterable[Place], kind: MeetingKind) -> Quorum:
    """The quorum of a meeting from who sits in the task force and who of them is there.

    Needed are more than half of the held seats that vote. A deputy is not one of them and has the vote of a co-chair
    of their side who is not there (rule 1).
    """
    every = list(places)
    voting = [place for place in every if place.kind not in SILENT | {STANDS_IN}]
    counted = {side: _votes_there(every, side) for side in ("community", "institution")}
    return Quorum(needed=0 if kind is MeetingKind.ASSEMBLY else len(voting) // 2 + 1, **counted)


def _votes_there(places: list[Place], side: str) -> int:
    here = [place for place in places if place.side == side and place.presence in HERE]
    votes = sum(place.kind not in SILENT | {STANDS_IN} for place in here)
    chaired = any(place.kind == CHAIRS for place in here)
    return votes + (not chaired and any(place.kind == STANDS_IN for place in here))
