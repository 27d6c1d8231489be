"""Kinds of ledger entries and the balances they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry says about a project's money."""

    ALLOCATE = "allocate"
    COMMIT = "commit"
    EXPENSE = "expense"


@dataclass(frozen=True, kw_only=True)
class Balance:
    """A project's money in cents."""

    allocated_cents: int
    committed_cents: int
    spent_cents: int

    @property
    def left_cents(self) -> int:
        """What is neither spent nor promised: allocation less the larger of commitments and expenses."""
        return self.allocated_cents - max(self.committed_cents, self.spent_cents)


def balance(entries: Iterable[tuple[EntryKind, int]]) -> Balance:
    """The balance that entries of (kind, amount in cents) add up to."""
    sums = dict.fromkeys(EntryKind, 0)
    for kind, amount_cents in entries:
        sums[kind] += amount_cents
    return Balance(
        allocated_cents=sums[EntryKind.ALLOCATE],
        committed_cents=sums[EntryKind.COMMIT],
        spent_cents=sums[EntryKind.EXPENSE],
    )
