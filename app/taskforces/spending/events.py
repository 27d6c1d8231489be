"""What can have happened to a project's money."""

from dataclasses import dataclass

from app.core.events import Event
from app.taskforces.spending.rules import EntryKind


@dataclass(frozen=True, kw_only=True)
class LedgerEntryMade(Event):
    """Money was set aside, promised or paid; an amount below zero takes an earlier entry back."""

    entry_id: int
    project_id: int
    kind: EntryKind
    amount_cents: int
