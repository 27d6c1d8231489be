"""What is due, and on which shelf of the week it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

DAYS = 7
"""How far a clerk looks ahead."""


class DueKind(StrEnum):
    """Something with a day, for a clerk to see to or to see done by others."""

    SIGNATURES = "signatures"
    UPDATE = "update"
    REPLY = "reply"
    VACANCY = "vacancy"
    TERM = "term"
    NOMINATION = "nomination"
    CHARTER = "charter"
    PHASE = "phase"
    SETBACK = "setback"
    QUESTION = "question"
    MEETING = "meeting"
    MINUTES = "minutes"
    ACTION = "action"
    DECISION = "decision"
    COUNCIL = "council"
    BOOKS = "books"
    REPORT = "report"
    LATE_REPORTS = "late_reports"


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing that is due: what it is about, its own name, its day, and what the address of its page needs."""

    kind: DueKind
    about: str
    what: str = ""
    due_on: date
    at: Mapping[str, int | str] = field(default_factory=dict)
    others: tuple[str, ...] | None = None
    """The clerks who see to it where whoever reads this may not, by name; None where they may."""


@dataclass(frozen=True, kw_only=True)
class Week:
    """What is overdue, the oldest first, and what is due on each coming day that has something; `today` begins it."""

    today: date
    overdue: tuple[Due, ...]
    days: tuple[tuple[date, tuple[Due, ...]], ...]


def week_of(found: Iterable[Due], today: date) -> Week:
    """The week that begins today; what is due later is left for later."""
    near = sorted(
        (each for each in found if each.due_on <= today + timedelta(days=DAYS)),
        key=lambda each: (each.due_on, each.about, each.what, each.kind.value),
    )
    days = sorted({each.due_on for each in near if each.due_on >= today})
    return Week(
        today=today,
        overdue=tuple(each for each in near if each.due_on < today),
        days=tuple((day, tuple(each for each in near if each.due_on == day)) for day in days),
    )
