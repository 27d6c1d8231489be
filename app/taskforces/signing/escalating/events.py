"""What can have happened before the council."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.seats.rules import Side
from app.taskforces.signing.rules import Outcome


@dataclass(frozen=True, kw_only=True)
class CouncilAsked(Event):
    """A side asked the council to stand in for the other."""

    agreement_id: int
    task_force_id: int
    project_id: int | None
    side: Side
    due_on: date
    reason: str = free_text()


@dataclass(frozen=True, kw_only=True)
class CouncilDecided(Event):
    """A clerk recorded what the council has decided about an agreement."""

    agreement_id: int
    task_force_id: int
    project_id: int | None
    outcome: Outcome
    decided_by: str
    decided_on: date
    reference: str
    document_digest: str
    explanation: str = free_text()


@dataclass(frozen=True, kw_only=True)
class CouncilLapsed(Event):
    """No decision was on record by the last day. `rule` is the domain rule that this act of the clock follows."""

    agreement_id: int
    task_force_id: int
    project_id: int | None
    due_on: date
    rule: int
