"""What becomes of reports that are published together, and which may be."""

from collections.abc import Collection
from dataclasses import dataclass

from app.reports.duties.rules import Duty
from app.reports.rules import Line


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one report of several: the id of its edition, or why there is none."""

    line: Line
    subject: str = ""
    edition_id: int | None = None
    is_signed: bool = False
    """Whether both co-chairs are asked to sign it first."""
    refused: str = ""


def goes_with_others(duty: Duty, blocks: Collection[object]) -> bool:
    """Whether a report can be published, or put before those who sign it, among several at once.

    Nothing blocks it, and it is the first edition of its line: a later one says what changed.
    """
    return duty.issue is None and not blocks
