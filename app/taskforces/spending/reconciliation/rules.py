"""What a cycle's money did in a period, account by account, and whether three ways to the same sum agree: pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.taskforces.spending.rules import EFFECTS, Balance, Effect, EntryKind, Pot


class Account(StrEnum):
    """A place where the money of a cycle is, or what is said about it there."""

    FREE = "free"
    HELD = "held"
    ALLOCATED = "allocated"
    COMMITTED = "committed"
    SPENT = "spent"


EFFECT_ON: Mapping[Account, Callable[[Effect], int]] = {
    Account.FREE: lambda effect: effect.pot + effect.external - effect.held - effect.allocated,
    Account.HELD: lambda effect: effect.held,
    Account.ALLOCATED: lambda effect: effect.allocated,
    Account.COMMITTED: lambda effect: effect.committed,
    Account.SPENT: lambda effect: effect.spent,
}
"""How often an entry counts in each account."""
OF_PROJECTS = (Account.ALLOCATED, Account.COMMITTED, Account.SPENT)
"""The accounts that every project has of its own."""

AFTER_THE_VOTE = frozenset(
    kind for kind, effect in EFFECTS.items() if effect.allocated and kind is not EntryKind.ALLOCATE
)
"""What changes a project's money after the vote."""


class When(StrEnum):
    """When an entry is of, as seen from a period."""

    BEFORE = "before"
    WITHIN = "within"
    LATER = "later"


class MonthState(StrEnum):
    """How a month stands against the council's books (domain rule 17)."""

    RECONCILED = "reconciled"
    UNEXPLAINED = "unexplained"
    CHANGED = "changed"
    NOT_COMPARED = "not_compared"
    RUNNING = "running"
    NOTHING_PAID = "nothing_paid"


UNRECONCILED = frozenset({MonthState.UNEXPLAINED, MonthState.CHANGED, MonthState.NOT_COMPARED})
"""The states of a month that keep the money of its time from being called final."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Entries of one kind and one project (or of the pot) added up, before, within or after the period."""

    cycle_id: int
    project_id: int | None
    kind: EntryKind
    when: When
    entries: int
    cents: int

    @property
    def is_within(self) -> bool:
        """Whether they are of the period, not from before or after it."""
        return self.when is When.WITHIN


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


@dataclass(frozen=True, kw_only=True)
class Movement:
    """What the entries of one kind did to an account in the period."""

    kind: EntryKind
    entries: int
    cents: int


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One account from the opening of the period to its closing, in cents."""

    account: Account
    opening_cents: int
    movements: tuple[Movement, ...]
    closing_cents: int


@dataclass(frozen=True, kw_only=True)
class Total:
    """One sum made in three ways, in cents: from the entries, from the projects, and as it is kept.

    `projects_cents` is None for accounts that no project has.
    """

    account: Account
    entries_cents: int
    projects_cents: int | None
    kept_cents: int

    @property
    def agrees(self) -> bool:
        """Whether all are the same."""
        return self.kept_cents == self.entries_cents and self.projects_cents in (None, self.entries_cents)


def summed(moved: Iterable[Moved]) -> Sums:
    """All these entries in one row of sums."""
    pot, balance, of_kind = Pot(), Balance(), dict.fromkeys(EntryKind, 0)
    for each in moved:
        pot, balance = pot.after(each.kind, each.cents), balance.after(each.kind, each.cents)
        of_kind[each.kind] += each.cents
    return Sums(
        pot_cents=pot.pot_cents,
        external_cents=pot.external_cents,
        held_cents=pot.held_cents,
        given_cents=of_kind[EntryKind.ALLOCATE],
        moved_cents=sum(of_kind[kind] for kind in AFTER_THE_VOTE),
        allocated_cents=balance.allocated_cents,
        committed_cents=balance.committed_cents,
        spent_cents=balance.spent_cents,
        returned_cents=-of_kind[EntryKind.RETURN_TO_POT],
    )


def statements(moved: Iterable[Moved]) -> tuple[Statement, ...]:
    """The five accounts of a period: opening + movements = closing; what came later is left out."""
    known = [each for each in moved if each.when is not When.LATER]
    return tuple(_statement(account, known) for account in Account)


def balances(moved: Iterable[Moved]) -> dict[int, Balance]:
    """What the entries of each project add up to, from the first to the last."""
    found: dict[int, Balance] = {}
    for each in moved:
        if each.project_id is not None:
            found[each.project_id] = found.get(each.project_id, Balance()).after(each.kind, each.cents)
    return found


def totals(moved: Iterable[Moved], pot: Pot, kept: Iterable[Balance]) -> tuple[Total, ...]:
    """Each account's sum from all entries, from the projects, and as kept in `pot` and in the balances `kept`."""
    moved, kept = list(moved), list(kept)
    of_projects = list(balances(moved).values())
    kept_sums = {Account.FREE: pot.free_cents, Account.HELD: pot.held_cents, Account.ALLOCATED: pot.allocated_cents}
    return tuple(
        Total(
            account=account,
            entries_cents=sum(_on(account, each) for each in moved),
            projects_cents=_sum(account, of_projects) if account in OF_PROJECTS else None,
            kept_cents=kept_sums[account] if account in kept_sums else _sum(account, kept),
        )
        for account in Account
    )


def month_state(*, paid: bool, compared: bool, outdated: bool, unexplained: int, running: bool) -> MonthState:
    """The word for a month; `running`: it has not ended, so nobody has to have compared it yet."""
    if running and (outdated or not compared):
        return MonthState.RUNNING
    if not compared:
        return MonthState.NOT_COMPARED if paid else MonthState.NOTHING_PAID
    if outdated:
        return MonthState.CHANGED
    return MonthState.UNEXPLAINED if unexplained else MonthState.RECONCILED


def _statement(account: Account, moved: Iterable[Moved]) -> Statement:
    moved = list(moved)
    opening = sum(_on(account, each) for each in moved if each.when is When.BEFORE)
    within = [each for each in moved if each.when is When.WITHIN]
    movements = tuple(
        _movement(account, kind, [each for each in within if each.kind is kind])
        for kind, effect in EFFECTS.items()
        if EFFECT_ON[account](effect) and any(each.kind is kind for each in within)
    )
    return Statement(
        account=account,
        opening_cents=opening,
        movements=movements,
        closing_cents=opening + sum(each.cents for each in movements),
    )


def _movement(account: Account, kind: EntryKind, moved: Iterable[Moved]) -> Movement:
    moved = list(moved)
    return Movement(
        kind=kind, entries=sum(each.entries for each in moved), cents=sum(_on(account, each) for each in moved)
    )


def _on(account: Account, moved: Moved) -> int:
    return EFFECT_ON[account](EFFECTS[moved.kind]) * moved.cents


def _sum(account: Account, of: Iterable[Balance]) -> int:
    return sum(int(getattr(each, f"{account.value}_cents")) for each in of)
