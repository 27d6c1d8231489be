"""What can have happened to the money of a cycle."""

from dataclasses import dataclass

from app.core.events import Event, free_text
from app.taskforces.spending.rules import EntryKind


@dataclass(frozen=True, kw_only=True)
class LedgerEntryMade(Event):
    """An entry was added to a cycle's chain; `hash` is its own, so that the audit log bears witness to the ledger."""

    entry_id: int
    cycle_id: int
    number: int
    project_id: int | None
    commitment_id: int | None
    kind: EntryKind
    amount_cents: int
    agreement_id: int | None
    hash: str


@dataclass(frozen=True, kw_only=True)
class SpendingTermsSet(Event):
    """A clerk set what is paid without signatures, and from which share on the council decides."""

    cycle_id: int
    alone_cents: int
    council_percent: int


@dataclass(frozen=True, kw_only=True)
class CostForecastSaid(Event):
    """A project is now expected to cost this much; `over_cents` above zero calls for a setback (domain rule 16)."""

    project_id: int
    expected_cents: int
    over_cents: int
    explanation: str = free_text()


@dataclass(frozen=True, kw_only=True)
class CommitmentOverAllocation(Event):
    """Somebody tried to promise more than a project has: refused, and a reason for a setback (domain rules 10, 16)."""

    project_id: int
    amount_cents: int
    over_cents: int
    rule: int = 10
