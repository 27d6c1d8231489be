"""What can have happened to the claim that a milestone is done."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.projects.claims.rules import EvidenceKind
from app.taskforces.seats.rules import Side


@dataclass(frozen=True, kw_only=True)
class MilestoneClaimed(Event):
    """One side says that a milestone was reached on a day, and how anybody can see it."""

    project_id: int
    milestone_id: int
    claim_id: int
    side: Side
    actual_on: date
    due_on: date
    evidence: str = free_text()


@dataclass(frozen=True, kw_only=True)
class EvidenceAdded(Event):
    """A picture or a document was added to a claim."""

    project_id: int
    milestone_id: int
    claim_id: int
    evidence_id: int
    kind: EvidenceKind
    words: str = free_text()


@dataclass(frozen=True, kw_only=True)
class MilestoneVerified(Event):
    """The other side has looked: a milestone is done, on the day that was claimed."""

    project_id: int
    milestone_id: int
    claim_id: int
    side: Side
    actual_on: date
    answer: str | None = free_text()


@dataclass(frozen=True, kw_only=True)
class MilestoneReturned(Event):
    """The other side has looked and does not agree that a milestone is done: a failed verification."""

    project_id: int
    milestone_id: int
    claim_id: int
    side: Side
    answer: str = free_text()
