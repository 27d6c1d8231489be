"""How long a draft lies open, who may say something about it, and what must be answered before it is final."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from app.reports.rules import ReportKind

KINDS = frozenset({ReportKind.ANNUAL, ReportKind.PROGRESS})
"""Reports whose drafts lie open where a cycle has days for it."""
LEAST_DAYS, MOST_DAYS = 3, 60
LEAST, MOST = 10, 2000
"""Characters of a comment, and of what is said to it."""
A_DAY = 5
"""Comments of one person in a day."""
TEXTS = ("comments.words@", "comments.response", "comments.change", "comments.reason")
"""What people wrote in them, as they stand in the figures of an edition."""


class Verdict(StrEnum):
    """What whoever reads a comment first finds: it is shown, or it is not, for a reason everybody may read."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"


class WhyNot(StrEnum):
    """Why something about a draft or a comment is refused."""

    NO_DAYS = "no_days"
    OPENED = "opened"
    PUBLISHED = "published"
    CLOSED = "closed"
    NOT_RESIDENT = "not_resident"
    READ = "read"
    NOT_READ = "not_read"
    ANSWERED = "answered"
    NOT_SHOWN = "not_shown"
    UNANSWERED = "unanswered"
    STILL_OPEN = "still_open"


class Said(Protocol):
    """A comment, as far as it matters here."""

    @property
    def verdict(self) -> Verdict | None:
        """What whoever read it first found; None before."""

    @property
    def is_answered(self) -> bool:
        """Whether somebody has said what came of it."""


def closes_on(opened_on: date, days: int) -> date:
    """The last day on which something can be said about a draft that lies open for so many days."""
    return opened_on + timedelta(days=days)


def days_of(terms: Iterable[int | None]) -> int | None:
    """The days of the cycle that gives most of them; None where none gives any."""
    return max((days for days in terms if days), default=None)


def unread(comments: Iterable[Said]) -> int:
    """How many nobody has read yet."""
    return sum(each.verdict is None for each in comments)


def unanswered(comments: Iterable[Said]) -> int:
    """How many are shown and wait for a word on what came of them."""
    return sum(each.verdict is Verdict.SHOWN and not each.is_answered for each in comments)


def why_not_open(kind: ReportKind, days: int | None, *, is_opened: bool, is_published: bool) -> WhyNot | None:
    """Why a draft cannot be laid open; None where it can."""
    if kind not in KINDS or days is None:
        return WhyNot.NO_DAYS
    if is_published:
        return WhyNot.PUBLISHED
    return WhyNot.OPENED if is_opened else None


def why_not_say(last_on: date, today: date, *, is_published: bool, is_resident: bool) -> WhyNot | None:
    """Why somebody cannot say something about a draft; None where they can."""
    if today > last_on or is_published:
        return WhyNot.CLOSED
    return None if is_resident else WhyNot.NOT_RESIDENT


def why_not_answer(verdict: Verdict | None, *, is_answered: bool, is_published: bool) -> WhyNot | None:
    """Why nothing can be said to a comment; None where it can."""
    if is_published:
        return WhyNot.PUBLISHED
    if verdict is None:
        return WhyNot.NOT_READ
    if verdict is Verdict.NOT_SHOWN:
        return WhyNot.NOT_SHOWN
    return WhyNot.ANSWERED if is_answered else None


def left_to_do(last_on: date, today: date, comments: Sequence[Said]) -> Collection[WhyNot]:
    """What keeps a report from being final whose draft lay open."""
    found = [WhyNot.STILL_OPEN] if today <= last_on else []
    if unread(comments):
        found.append(WhyNot.NOT_READ)
    if unanswered(comments):
        found.append(WhyNot.UNANSWERED)
    return found
