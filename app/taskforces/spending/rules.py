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


class Refusal(StrEnum):
    """Why an entry cannot be made."""

    OVER_ALLOCATION = "over_allocation"
    OVER_COMMITMENT = "over_commitment"
    BELOW_SPENT = "below_spent"
    BELOW_ZERO = "below_zero"


def why_not_enter(before: Balance, kind: EntryKind, amount_cents: int) -> Refusal | None:
    """The first reason why an entry of `amount_cents` (below zero: it takes an earlier one back) cannot be made.

    Commitments stay within the allocation and expenses within the commitments (domain rules 10 and 11).
    """
    committed = before.committed_cents + (amount_cents if kind is EntryKind.COMMIT else 0)
    spent = before.spent_cents + (amount_cents if kind is EntryKind.EXPENSE else 0)
    if committed < 0 or spent < 0:
        return Refusal.BELOW_ZERO
    if committed > before.allocated_cents:
        return Refusal.OVER_ALLOCATION
    if spent > committed:
        return Refusal.BELOW_SPENT if kind is EntryKind.COMMIT else Refusal.OVER_COMMITMENT
    return None
