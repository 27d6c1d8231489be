"""Kinds of report, what each is about, stages of an edition, and how a snapshot is written down, hashed and read."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum
from types import SimpleNamespace
from typing import Any

from app.core.errors import NotFound
from app.cycles.rules import canonical

SHORT = 12
"""How much of a hash is printed at the foot of each page."""
LEAST_NOTE, MOST_NOTE = 10, 1000
FORMAT = "lamplight-report/2"
RENDER = "reports.render"
"""The job that makes an edition's files."""


class ReportKind(StrEnum):
    """What a report tells; the words stand in addresses."""

    AGENDA = "agenda"
    ANNUAL = "annual"
    BOOKLET = "booklet"
    COMPLETION = "completion"
    DELIVERY = "delivery"
    LETTER = "letter"
    MINUTES = "minutes"
    ONE_PAGER = "one-pager"
    PAPER_BALLOT = "paper-ballot"
    PROGRESS = "progress"
    QUESTIONS = "questions"
    RECONCILIATION = "reconciliation"
    RESULTS = "results"
    SETBACKS = "setbacks"


class Subject(StrEnum):
    """What a report is about."""

    CYCLE = "cycle"
    MEETING = "meeting"
    NEIGHBORHOOD = "neighborhood"
    PROJECT = "project"
    PROPOSAL = "proposal"
    TASK_FORCE = "task_force"


class Span(StrEnum):
    """Which time a report tells of."""

    NONE = "none"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class EditionStage(StrEnum):
    """Where an edition is: its figures are frozen at once, its files are made by a worker, then it is public for good.

    While it is SIGNING it is public as a draft. Dropped: it was given up before it was public, and its number is free.
    """

    SIGNING = "signing"
    RENDERING = "rendering"
    PUBLISHED = "published"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


OPEN = frozenset({EditionStage.SIGNING, EditionStage.RENDERING, EditionStage.FAILED})
"""Stages of an edition that is not public yet: there is one at a time for the same subject and time."""


class Form(StrEnum):
    """The files of an edition: for readers, in large print, for the archive with its data inside, and the draft.

    Some have more: their pages on sheets to print and fold, two languages back to back on such sheets, plain text.
    """

    READERS = "readers"
    LARGE = "large"
    ARCHIVE = "archive"
    DRAFT = "draft"
    SHEETS = "sheets"
    BOTH = "both"
    TEXT = "text"


FORMS = (Form.READERS, Form.LARGE, Form.ARCHIVE)


def media_type(form: Form) -> str:
    """What a file of this form is to programs."""
    return "text/plain" if form is Form.TEXT else "application/pdf"


@dataclass(frozen=True, kw_only=True)
class Nature:
    """What is fixed for a kind of report: the number it has among the printed documents, its subject and its time.

    `more` are the files it has beside those of every report.
    """

    code: str
    subject: Subject
    span: Span = Span.NONE
    is_public: bool = True
    more: tuple[Form, ...] = ()


NATURES: Mapping[ReportKind, Nature] = {
    ReportKind.BOOKLET: Nature(code="R2", subject=Subject.CYCLE, more=(Form.SHEETS, Form.TEXT, Form.BOTH)),
    ReportKind.PAPER_BALLOT: Nature(code="R3", subject=Subject.CYCLE),
    ReportKind.RESULTS: Nature(code="R4", subject=Subject.CYCLE),
    ReportKind.LETTER: Nature(code="R5", subject=Subject.PROPOSAL, is_public=False),
    ReportKind.ANNUAL: Nature(code="R6", subject=Subject.NEIGHBORHOOD, span=Span.YEAR),
    ReportKind.PROGRESS: Nature(code="R7", subject=Subject.TASK_FORCE, span=Span.QUARTER),
    ReportKind.ONE_PAGER: Nature(code="R8", subject=Subject.PROJECT),
    ReportKind.COMPLETION: Nature(code="R9", subject=Subject.PROJECT),
    ReportKind.AGENDA: Nature(code="R10", subject=Subject.MEETING),
    ReportKind.MINUTES: Nature(code="R11", subject=Subject.MEETING),
    ReportKind.QUESTIONS: Nature(code="R12", subject=Subject.TASK_FORCE, span=Span.QUARTER),
    ReportKind.DELIVERY: Nature(code="R13", subject=Subject.NEIGHBORHOOD, span=Span.QUARTER),
    ReportKind.SETBACKS: Nature(code="R14", subject=Subject.NEIGHBORHOOD, span=Span.QUARTER),
    ReportKind.RECONCILIATION: Nature(code="R16", subject=Subject.CYCLE, span=Span.MONTH),
}


def files_of(kind: ReportKind, stage: EditionStage, languages: Sequence[str]) -> list[tuple[str, Form]]:
    """The files an edition has, by language: one in each while it is a draft, all of them after.

    Two languages back to back are the first one and another, and count as a file of that other.
    """
    forms = (Form.DRAFT,) if stage is EditionStage.SIGNING else (*FORMS, *NATURES[kind].more)
    return [(each, form) for each in languages for form in forms if form is not Form.BOTH or each != languages[0]]


@dataclass(frozen=True, kw_only=True)
class Period:
    """The days a report tells of, both included, where the neighborhood is."""

    first_on: date
    last_on: date


@dataclass(frozen=True, kw_only=True)
class Line:
    """What numbered editions follow each other in: a kind of report, its subject, and the time it tells of."""

    kind: ReportKind
    subject_id: int
    period: Period | None = None

    @property
    def key(self) -> str:
        """The line in a word, under which its editions are numbered."""
        return f"{self.kind}/{self.subject_id}" + (f"/{self.period.first_on}" if self.period else "")


class WrongPeriod(ValueError):
    """A report was asked for over days that are not its own."""


def line_of(key: str) -> Line:
    """The line with this key (`Line.key`); raises NotFound for anything else, which nobody was given."""
    kind, *rest = key.split("/")
    try:
        subject_id, day = int(rest[0]), date.fromisoformat(rest[1]) if rest[1:] else None
        known = ReportKind(kind)
    except (ValueError, IndexError) as reason:
        raise NotFound from reason
    period = period_of(known, day) if day else None
    line = Line(kind=known, subject_id=subject_id, period=period)
    if line.key != key or (period is None) != (NATURES[known].span is Span.NONE):
        raise NotFound
    return line


def period_of(kind: ReportKind, day: date) -> Period | None:
    """The month, quarter or year that a report of this kind tells of and that `day` falls in; None where it has none.

    Quarters and years are those of the calendar.
    """
    months = MONTHS[NATURES[kind].span]
    if not months:
        return None
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    ends_in = first.month + months
    following = date(first.year + (ends_in > 12), ends_in - 12 if ends_in > 12 else ends_in, 1)
    return Period(first_on=first, last_on=following - timedelta(days=1))


MONTHS: Mapping[Span, int] = {Span.NONE: 0, Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


def period_before(kind: ReportKind, period: Period) -> Period:
    """The time of the same length before this one."""
    before = period_of(kind, period.first_on - timedelta(days=1))
    assert before is not None  # only kinds with a time of their own have periods
    return before


def ensure_period(kind: ReportKind, period: Period | None) -> None:
    """Raise WrongPeriod unless the period is one of this kind of report, or it has none and needs none."""
    if period != (period_of(kind, period.first_on) if period else period_of(kind, date.min)):
        raise WrongPeriod(kind)


def named(period: Period | None, span: Span) -> str:
    """A period as it stands in a code: 2026, 2026q3 or 2026-09; nothing where there is none."""
    if period is None:
        return ""
    first = period.first_on
    if span is Span.QUARTER:
        return f"{first.year}q{(first.month + 2) // 3}"
    return str(first.year) if span is Span.YEAR else f"{first.year}-{first.month:02}"


def code(line: Line, where: str, number: int) -> str:
    """The public name of an edition, for example R4-riverside-2026-e2; `where` names its subject in a short word."""
    nature = NATURES[line.kind]
    parts = [nature.code, where, named(line.period, nature.span), f"e{number}"]
    return "-".join(part for part in parts if part)


def is_code(typed: str) -> bool:
    """Whether somebody has typed the public name of an edition, as it stands at the foot of its pages."""
    return CODE.fullmatch(typed.strip()) is not None


CODE = re.compile(r"R\d+-[\w-]+-e\d+", re.IGNORECASE | re.ASCII)


def plain(value: Any) -> Any:
    """A value as JSON holds it: records become objects, days and moments ISO 8601, bytes hex, words of ours words.

    Refuses what has no such form: a number with a fraction (sums are whole cents) or a key that is no text.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        if any(not isinstance(key, str) for key in value):
            raise TypeError("the keys of a snapshot are words")
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        rows = [plain(each) for each in value]
        return sorted(rows) if isinstance(value, set | frozenset) else rows
    raise TypeError(f"a snapshot holds no {type(value).__name__}")


def told(value: Any) -> Any:
    """A snapshot's JSON as templates read it: objects by name, `…_on` days, `…_at` moments, lists as tuples."""
    if isinstance(value, Mapping):
        return SimpleNamespace(**{key: _moment(key, each) for key, each in value.items()})
    return tuple(told(each) for each in value) if isinstance(value, list) else value


def _moment(key: str, value: Any) -> Any:
    if isinstance(value, str) and key.endswith("_on") and DAY.match(value):
        return date.fromisoformat(value)
    if isinstance(value, str) and key.endswith("_at") and DAY.match(value):
        return datetime.fromisoformat(value)
    return told(value)


DAY = re.compile(r"\d{4}-\d\d-\d\d")


def data_hash(text: str) -> str:
    """SHA-256 in hex of a canonical snapshot; known before rendering, so it can be printed."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def figures_hash(figures: Mapping[str, Any]) -> str:
    """SHA-256 in hex of the figures alone: what both sides sign, and what says whether there is anything new."""
    return data_hash(canonical(figures))


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters in one line, cut after a whole word, with an ellipsis where it was cut."""
    joined = " ".join(text.split())
    if len(joined) <= most:
        return joined
    return joined[: most - 1].rsplit(" ", 1)[0] + "…"
