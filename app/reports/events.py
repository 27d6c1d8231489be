"""What can have happened to an edition."""

from dataclasses import dataclass

from app.core.events import Event
from app.reports.rules import ReportKind


@dataclass(frozen=True, kw_only=True)
class EditionRequested(Event):
    """The figures were frozen and a PDF ordered from the worker."""

    edition_id: int
    kind: ReportKind
    cycle_id: int
    number: int
    data_hash: str


@dataclass(frozen=True, kw_only=True)
class EditionPublished(Event):
    """The PDF exists and is public."""

    edition_id: int
    file_hash: str
