"""Which phase of a budget an entry of the ledger belongs to, and the sums by project, phase and month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.taskforces.spending.chain.rules import Written
from app.taskforces.spending.rules import EFFECTS, EntryKind


class Phase(StrEnum):
    """The phases of the Fiscal Data Package; what is promised has none and stands in a column of its own."""

    APPROVED = "approved"
    ADJUSTED = "adjusted"
    EXECUTED = "executed"


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What the entries of a project in one phase and month add up to, in cents; only executed ones have promises."""

    amount_cents: int = 0
    committed_cents: int = 0


Key = tuple[str, Phase, date]
"""The code of a project, the phase, and the first day of the month."""


def phase_of(kind: EntryKind) -> Phase | None:
    """The phase of an entry of that kind; None where it is about the pot and no project."""
    effect = EFFECTS[kind]
    if effect.allocated:
        return Phase.APPROVED if kind is EntryKind.ALLOCATE else Phase.ADJUSTED
    return Phase.EXECUTED if effect.spent or effect.committed else None


def added_up(entries: Iterable[Written]) -> Mapping[Key, Sums]:
    """The sums of a cycle's entries, in the order of projects, months and phases."""
    found: dict[Key, Sums] = {}
    for entry in entries:
        kind = EntryKind(entry.kind)
        phase = phase_of(kind)
        if phase is None or entry.project is None:
            continue
        key = (entry.project, phase, entry.on.replace(day=1))
        so_far, effect = found.get(key, Sums()), EFFECTS[kind]
        found[key] = replace(
            so_far,
            amount_cents=so_far.amount_cents + (effect.allocated + effect.spent) * entry.amount_cents,
            committed_cents=so_far.committed_cents + effect.committed * entry.amount_cents,
        )
    order = list(Phase)
    return dict(sorted(found.items(), key=lambda item: (item[0][0], item[0][2], order.index(item[0][1]))))
