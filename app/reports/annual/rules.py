"""A year of a neighborhood's money, added up from ledger entries: pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.taskforces.spending.rules import EFFECTS, EntryKind

MOVED = frozenset(
    {
        EntryKind.REALLOCATE_IN,
        EntryKind.REALLOCATE_OUT,
        EntryKind.CONTINGENCY_RELEASE,
        EntryKind.EXTERNAL_IN,
        EntryKind.RETURN_TO_POT,
    }
)
"""What changes a project's money after the vote."""
SHIFTED = frozenset({EntryKind.REALLOCATE_IN, EntryKind.REALLOCATE_OUT})
"""What only goes from one project to another, so that all of it adds up to nothing."""
OVER_PERCENT = 10
"""From which share of its money on a project's variance is explained one by one."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Entries of one kind of a project (or of the pot) added up; `is_within`: of the period, not from before it."""

    cycle_id: int
    project_id: int | None
    kind: EntryKind
    is_within: bool
    cents: int


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What some entries add up to, in cents."""

    pot_cents: int = 0
    external_cents: int = 0
    held_cents: int = 0
    given_cents: int = 0
    """What the vote gave."""
    moved_cents: int = 0
    allocated_cents: int = 0
    committed_cents: int = 0
    spent_cents: int = 0
    returned_cents: int = 0
    """What went back to the pot, above zero."""

    @property
    def left_cents(self) -> int:
        """What projects have and have not promised yet."""
        return self.allocated_cents - self.committed_cents

    @property
    def free_cents(self) -> int:
        """What is neither held nor with a project."""
        return self.pot_cents + self.external_cents - self.held_cents - self.allocated_cents

    @property
    def fits(self) -> bool:
        """Whether nothing is spent above what is committed, and nothing committed above what is allocated."""
        return 0 <= self.spent_cents <= self.committed_cents <= self.allocated_cents


def summed(moved: Iterable[Moved]) -> Sums:
    """All these entries in one row of sums."""
    sums = dict.fromkeys(Sums.__dataclass_fields__, 0)
    for each in moved:
        effect, cents = EFFECTS[each.kind], each.cents
        sums["pot_cents"] += effect.pot * cents
        sums["external_cents"] += effect.external * cents
        sums["held_cents"] += effect.held * cents
        sums["allocated_cents"] += effect.allocated * cents
        sums["committed_cents"] += effect.committed * cents
        sums["spent_cents"] += effect.spent * cents
        sums["given_cents"] += cents if each.kind is EntryKind.ALLOCATE else 0
        sums["moved_cents"] += cents if each.kind in MOVED else 0
        sums["returned_cents"] -= cents if each.kind is EntryKind.RETURN_TO_POT else 0
    return Sums(**sums)


def shifts(moved: Iterable[Moved]) -> int:
    """What reallocations between projects add up to; anything but zero is a fault."""
    return sum(each.cents for each in moved if each.kind in SHIFTED)


def needs_text(variance_cents: int, allocated_cents: int) -> bool:
    """Whether a project's variance is to be explained: above ten percent of what it has, either way."""
    return abs(variance_cents) * 100 > OVER_PERCENT * max(0, allocated_cents)


def percent(part: int, whole: int) -> int:
    """How many percent of `whole` a part is, rounded down; 0 of nothing."""
    return 100 * part // whole if whole > 0 else 0


def shares(parts: Sequence[int]) -> list[int]:
    """How many percent of their sum each of these is: whole numbers that add up to 100, or nothing of nothing."""
    whole = sum(parts)
    if whole <= 0:
        return [0] * len(parts)
    found = [100 * part // whole for part in parts]
    by_rest = sorted(range(len(parts)), key=lambda at: (-(100 * parts[at] % whole), at))
    for at in by_rest[: 100 - sum(found)]:
        found[at] += 1
    return found
