"""What can have happened to what both sides are asked to sign."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.seats.rules import Side
from app.taskforces.signing.rules import Ending, MatterKind, Method, Verdict


@dataclass(frozen=True, kw_only=True)
class AgreementProposed(Event):
    """Both sides were asked to sign something, until a day."""

    agreement_id: int
    kind: MatterKind
    task_force_id: int
    project_id: int | None
    payload_hash: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class SignaturesReminded(Event):
    """The last day to sign is near, and whoever has not signed was reminded. `rule` is the domain rule it follows."""

    agreement_id: int
    task_force_id: int
    due_on: date
    rule: int


@dataclass(frozen=True, kw_only=True)
class SideSigned(Event):
    """One side signed, or said why it does not."""

    agreement_id: int
    kind: MatterKind
    task_force_id: int
    side: Side
    seat_id: int
    as_deputy: bool
    verdict: Verdict
    method: Method
    payload_hash: str
    sheet_digest: str | None = None
    statement: str | None = free_text()


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(Event):
    """It is signed by both sides, or will not be. `rule` is the domain rule that an act of the clock follows."""

    agreement_id: int
    kind: MatterKind
    task_force_id: int
    project_id: int | None
    ending: Ending
    rule: int | None = None
