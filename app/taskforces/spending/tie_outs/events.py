"""What can have happened to a tie-out."""

from dataclasses import dataclass
from datetime import date

from app.core.events import Event, free_text
from app.taskforces.spending.tie_outs.rules import Reason


@dataclass(frozen=True, kw_only=True)
class LedgerTiedOut(Event):
    """A month of a cycle's ledger was held against the council's books."""

    cycle_id: int
    tie_out_id: int
    month: date
    file_hash: str
    rows: int
    differences: int
    unexplained_cents: int


@dataclass(frozen=True, kw_only=True)
class DifferenceExplained(Event):
    """A clerk said why the two books differ in one place."""

    cycle_id: int
    tie_out_id: int
    position: int
    reason: Reason
    explanation: str = free_text()
