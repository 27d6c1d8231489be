"""Clocks of reports (domain rule 22): which times have to be told of, by which day, and how late one is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.places.workdays.rules import working_day_after
from app.reports.rules import NATURES, OPEN, EditionStage, Line, Period, ReportKind, Span, period_before, period_of

QUARTER_WORKING_DAYS = 20
"""A quarter is reported within so many working days after its end."""
YEAR_DAYS = 60
"""A year is reported within so many days after its end."""
LOOKS_BACK_DAYS = 731
"""How far back a report that was never published is held against anybody: two years."""
NEAR_DAYS = 30
"""What is due within so many days stands among what comes next."""


CORRECTED_DAYS = 1
"""A notice that has changed is corrected by the next day, and never after the day of its meeting."""
APPROVED_WORKING_DAYS = 5
"""Minutes that were approved are published anew within as many working days as their draft had."""
COMPLETION_WORKING_DAYS = 5
"""So many working days after both sides signed, or what it promises to tell has come, a completion report is out."""


class Why(StrEnum):
    """Why a report that was published has to be published anew."""

    AGENDA = "agenda"
    APPROVED = "approved"
    SIGNED = "signed"
    """Both sides have signed since, and the project waits for its report."""
    ASKED = "asked"
    """What residents say is public."""
    PUT_RIGHT = "put_right"
    """Nothing is left of what was to be put right."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What has become true that an edition may not tell yet: since when, and by which day one has to.

    An edition frozen at `since_at` or later tells of it.
    """

    why: Why
    since_on: date
    since_at: datetime
    due_on: date


class Standing(StrEnum):
    """How a report that is owed stands on a day."""

    OVERDUE = "overdue"
    DUE = "due"
    OPEN = "open"
    """It may be published now; no day is set."""
    PUBLISHED = "published"


@dataclass(frozen=True, kw_only=True)
class Issue:
    """The newest edition of a line, and where it is; `signed_by_on` is the last day to sign one that is signed."""

    id: int
    code: str
    number: int
    stage: EditionStage
    signed_by_on: date | None
    fault: str | None


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A report that is owed, or was: of what, by which day, and what has come of it.

    `due_on` is None where no day is set. `published_at` is when the first edition that still stands became public,
    `published_on` its day where the neighborhood is.
    """

    line: Line
    subject: str
    neighborhood_id: int
    neighborhood: str
    task_force_id: int | None = None
    """Whose it is, where it is about a task force, one of its meetings or one of its projects."""
    due_on: date | None = None
    issue: Issue | None = None
    published_at: datetime | None = None
    published_on: date | None = None
    changes: tuple[Change, ...] = ()
    """What an edition has to tell, whether one does or not."""
    change: Change | None = None
    """Why the edition that stands is not enough any more; then nothing counts as published, and its day is `due_on`."""

    @property
    def first_on(self) -> date | None:
        """The first day it tells of; None where it tells of no particular time."""
        return self.line.period.first_on if self.line.period else None

    @property
    def is_on_its_way(self) -> bool:
        """Whether an edition is frozen and not public yet."""
        return self.issue is not None and self.issue.stage in OPEN

    def standing(self, on: date) -> Standing:
        """How it stands on a day."""
        if self.published_on is not None:
            return Standing.PUBLISHED
        if self.due_on is None:
            return Standing.OPEN
        return Standing.OVERDUE if self.due_on < on else Standing.DUE

    def days_late(self, on: date) -> int:
        """How many days after its day it was published, or has not been yet; 0 where it is not late."""
        return 0 if self.due_on is None else max(0, ((self.published_on or on) - self.due_on).days)


def last_day(kind: ReportKind, period: Period, holidays: Collection[date]) -> date:
    """The day by which a report of this period has to be public.

    A month is reported by the end of the month after it, as it is held against the books (rule 17).
    """
    span = NATURES[kind].span
    if span is Span.QUARTER:
        return working_day_after(period.last_on, QUARTER_WORKING_DAYS, holidays)
    if span is Span.YEAR:
        return period.last_on + timedelta(days=YEAR_DAYS)
    following = period_of(kind, period.last_on + timedelta(days=1))
    assert following is not None  # a kind with periods
    return following.last_on


def periods(kind: ReportKind, since: date, on: date, *, until: date | None = None) -> list[Period]:
    """The periods that ended before `on`, the latest first: from the one with `since` in it to the one with `until`."""
    newest = period_of(kind, on if until is None else min(on, until))
    if newest is None:
        return []
    found, oldest = [], max(since, on - timedelta(days=LOOKS_BACK_DAYS))
    while newest.last_on >= oldest:
        if newest.last_on < on:
            found.append(newest)
        newest = period_before(kind, newest)
    return found


def of_one_subject(duties: Iterable[Duty]) -> list[tuple[Duty, ...]]:
    """What is owed, together for each kind and subject: a task force that owes eight quarters is one row, not eight."""
    found: dict[tuple[ReportKind, int], list[Duty]] = {}
    for each in duties:
        found.setdefault((each.line.kind, each.line.subject_id), []).append(each)
    return [tuple(group) for group in found.values()]


def untold(changes: Iterable[Change], frozen_at: datetime) -> Change | None:
    """What an edition frozen then does not tell, and is to be told first; None where it tells all."""
    return min((each for each in changes if frozen_at < each.since_at), key=lambda each: each.due_on, default=None)


def corrected_by(changed_on: date, meets_on: date) -> date:
    """The day by which a notice that was changed is published anew."""
    return min(changed_on + timedelta(days=CORRECTED_DAYS), max(changed_on, meets_on))


def together(duties: Collection[Duty], on: date) -> list[tuple[Duty, ...]]:
    """The same with only what is late put together: what is still to come has days of its own."""
    late = [each for each in duties if each.standing(on) is Standing.OVERDUE]
    return [*of_one_subject(late), *((each,) for each in duties if each not in late)]


ORDER: Mapping[Standing, int] = {standing: place for place, standing in enumerate(Standing)}


def in_order(duties: Collection[Duty], on: date) -> list[Duty]:
    """What is late first, the longest late at its head; then by day; then what has none; what is published, at last."""
    return sorted(
        duties,
        key=lambda each: (
            ORDER[each.standing(on)],
            -each.published_on.toordinal() if each.published_on else (each.due_on or date.max).toordinal(),
            each.subject,
            each.line.key,
        ),
    )
