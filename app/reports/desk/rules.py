"""Lines of reports as the desk writes them in forms, and which may be published together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.reports.duties.rules import Duty
from app.reports.rules import NATURES, Line, ReportKind, Span, period_of


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one report of several: the id of its edition, or why there is none."""

    line: Line
    subject: str = ""
    edition_id: int | None = None
    is_signed: bool = False
    """Whether both co-chairs are asked to sign it first."""
    refused: str = ""


def line_of(key: str) -> Line:
    """The line with this key (`Line.key`); raises ValueError for anything else."""
    kind, subject, *first = key.split("/")
    known = ReportKind(kind)
    if len(first) != (NATURES[known].span is not Span.NONE):
        raise ValueError(key)
    period = period_of(known, date.fromisoformat(first[0])) if first else None
    line = Line(kind=known, subject_id=int(subject), period=period)
    if line.key != key:
        raise ValueError(key)
    return line


def goes_with_others(duty: Duty, blocks: Collection[object]) -> bool:
    """Whether a report can be published, or put before those who sign it, among several at once.

    Nothing blocks it, and it is the first edition of its line: a later one says what changed.
    """
    return duty.issue is None and not blocks
