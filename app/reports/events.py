"""What can have happened to an edition."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.reports.rules import ReportKind


@dataclass(frozen=True, kw_only=True)
class EditionRequested(Event):
    """The figures were frozen and the files ordered from the worker."""

    edition_id: int
    kind: ReportKind
    line: str
    number: int
    data_hash: str


@dataclass(frozen=True, kw_only=True)
class EditionSigned(Event):
    """The time to sign a draft is over: both sides have signed, or its day has come (`rule` 5). Who did is printed."""

    edition_id: int
    agreement_id: int | None
    signed_by: tuple[str, ...]
    """The sides that have signed."""
    data_hash: str
    rule: int | None = None


@dataclass(frozen=True, kw_only=True)
class EditionPublished(Event):
    """The files exist and are public."""

    edition_id: int
    kind: ReportKind
    line: str
    number: int
    data_hash: str
    file_hashes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EditionFailed(Event):
    """A file could not be made."""

    edition_id: int
    fault: str


@dataclass(frozen=True, kw_only=True)
class EditionRetried(Event):
    """The worker was asked for the missing files once more."""

    edition_id: int


@dataclass(frozen=True, kw_only=True)
class EditionDropped(Event):
    """It was given up before it was public; its number is free for the next."""

    edition_id: int
    line: str
    number: int


@dataclass(frozen=True, kw_only=True)
class EditionWithdrawn(Event):
    """A published edition does not stand any more."""

    edition_id: int
    reason: str | None = free_text()
