"""Kinds of ledger entries, what each does to the money, and why one cannot be made (domain rules 9 to 14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.core.money import LARGEST_CENTS
from app.taskforces.projects.rules import RUNNING, ProjectStage


class EntryKind(StrEnum):
    """What an entry says about the money of a cycle."""

    ALLOCATE = "allocate"
    COMMIT = "commit"
    COMMIT_CHANGE = "commit_change"
    CONTINGENCY_HOLD = "contingency_hold"
    CONTINGENCY_RELEASE = "contingency_release"
    EXPENSE = "expense"
    EXPENSE_REVERSAL = "expense_reversal"
    EXTERNAL_IN = "external_in"
    POT_IN = "pot_in"
    REALLOCATE_IN = "reallocate_in"
    REALLOCATE_OUT = "reallocate_out"
    RETURN_TO_POT = "return_to_pot"


OF_THE_POT = frozenset({EntryKind.POT_IN, EntryKind.CONTINGENCY_HOLD})
"""Entries of the cycle's pot; every other one belongs to a project."""
OF_A_COMMITMENT = frozenset({EntryKind.COMMIT, EntryKind.COMMIT_CHANGE, EntryKind.EXPENSE, EntryKind.EXPENSE_REVERSAL})
BELOW_ZERO = frozenset({EntryKind.EXPENSE_REVERSAL, EntryKind.REALLOCATE_OUT, EntryKind.RETURN_TO_POT})
"""Kinds whose amount is below zero; that of a changed commitment is either, that of every other kind above."""
COMMITTING = RUNNING
"""The stages of a project in which money may be promised; what was promised may still be paid later."""
ALONE_CENTS = 5_000_00
"""Up to this amount a clerk enters an expense alone, unless the cycle's terms say otherwise."""
COUNCIL_PERCENT = 10
"""Above this share of what the giving project has, the council decides on moving money to another category."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """How often an entry's amount counts in each sum."""

    pot: int = 0
    external: int = 0
    held: int = 0
    allocated: int = 0
    committed: int = 0
    spent: int = 0


EFFECTS: Mapping[EntryKind, Effect] = {
    EntryKind.POT_IN: Effect(pot=1),
    EntryKind.CONTINGENCY_HOLD: Effect(held=1),
    EntryKind.EXTERNAL_IN: Effect(external=1, allocated=1),
    EntryKind.CONTINGENCY_RELEASE: Effect(held=-1, allocated=1),
    EntryKind.ALLOCATE: Effect(allocated=1),
    EntryKind.REALLOCATE_OUT: Effect(allocated=1),
    EntryKind.REALLOCATE_IN: Effect(allocated=1),
    EntryKind.RETURN_TO_POT: Effect(allocated=1),
    EntryKind.COMMIT: Effect(committed=1),
    EntryKind.COMMIT_CHANGE: Effect(committed=1),
    EntryKind.EXPENSE: Effect(spent=1),
    EntryKind.EXPENSE_REVERSAL: Effect(spent=1),
}


@dataclass(frozen=True, kw_only=True)
class Balance:
    """A project's money in cents."""

    allocated_cents: int = 0
    committed_cents: int = 0
    spent_cents: int = 0

    @property
    def left_cents(self) -> int:
        """What is not promised yet."""
        return self.allocated_cents - self.committed_cents

    @property
    def unspent_cents(self) -> int:
        """What has not been paid, promised or not."""
        return self.allocated_cents - self.spent_cents

    def after(self, kind: EntryKind, amount_cents: int) -> "Balance":
        """The balance with one more entry."""
        effect = EFFECTS[kind]
        return Balance(
            allocated_cents=self.allocated_cents + effect.allocated * amount_cents,
            committed_cents=self.committed_cents + effect.committed * amount_cents,
            spent_cents=self.spent_cents + effect.spent * amount_cents,
        )


@dataclass(frozen=True, kw_only=True)
class Pot:
    """A cycle's money in cents: what came in, what is held in reserve, what projects have."""

    pot_cents: int = 0
    external_cents: int = 0
    held_cents: int = 0
    allocated_cents: int = 0

    @property
    def free_cents(self) -> int:
        """What is neither held nor with a project; below zero would break domain rule 9."""
        return self.pot_cents + self.external_cents - self.held_cents - self.allocated_cents

    def after(self, kind: EntryKind, amount_cents: int) -> "Pot":
        """The pot with one more entry."""
        effect = EFFECTS[kind]
        return Pot(
            pot_cents=self.pot_cents + effect.pot * amount_cents,
            external_cents=self.external_cents + effect.external * amount_cents,
            held_cents=self.held_cents + effect.held * amount_cents,
            allocated_cents=self.allocated_cents + effect.allocated * amount_cents,
        )


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One commitment in cents: what is promised, what of it is paid, and whether it has ended."""

    amount_cents: int = 0
    spent_cents: int = 0
    is_closed: bool = False

    def after(self, kind: EntryKind, amount_cents: int) -> "Promise":
        """The commitment with one more entry."""
        effect = EFFECTS[kind]
        return replace(
            self,
            amount_cents=self.amount_cents + effect.committed * amount_cents,
            spent_cents=self.spent_cents + effect.spent * amount_cents,
        )


@dataclass(frozen=True, kw_only=True)
class Original:
    """The entry that another would take back."""

    kind: EntryKind
    amount_cents: int
    is_reversed: bool


class Refusal(StrEnum):
    """Why an entry cannot be made."""

    NOT_AN_AMOUNT = "not_an_amount"
    TOO_LARGE = "too_large"
    OVER_POT = "over_pot"
    OVER_RESERVE = "over_reserve"
    OVER_ALLOCATION = "over_allocation"
    PROMISED_ALREADY = "promised_already"
    OVER_COMMITMENT = "over_commitment"
    BELOW_SPENT = "below_spent"
    ENDED = "commitment_ended"
    REVERSAL_OF_REVERSAL = "reversal_of_reversal"
    REVERSED_ALREADY = "reversed_already"
    NOT_WHOLE = "not_whole"


RULE_OF: Mapping[Refusal, int] = {
    Refusal.OVER_POT: 9,
    Refusal.OVER_RESERVE: 9,
    Refusal.OVER_ALLOCATION: 10,
    Refusal.PROMISED_ALREADY: 10,
    Refusal.OVER_COMMITMENT: 11,
    Refusal.BELOW_SPENT: 11,
    Refusal.NOT_AN_AMOUNT: 12,
    Refusal.TOO_LARGE: 12,
    Refusal.REVERSAL_OF_REVERSAL: 12,
    Refusal.REVERSED_ALREADY: 12,
    Refusal.NOT_WHOLE: 12,
    Refusal.ENDED: 14,
}
"""The number of the domain rule behind each refusal, which the sentence names."""


def why_not_book(
    kind: EntryKind,
    amount_cents: int,
    *,
    pot: Pot,
    project: Balance,
    promise: Promise,
    original: Original | None = None,
) -> Refusal | None:
    """The first reason why an entry of `amount_cents` cannot be made, or None.

    `pot` is the cycle's, `project` and `promise` those of the project and the commitment it belongs to (empty where it
    has none); `original` is what a reversal takes back.
    """
    wrong = _why_not_amount(kind, amount_cents) or _why_not_take_back(kind, amount_cents, original)
    if wrong is not None:
        return wrong
    if promise.is_closed and kind in (EntryKind.COMMIT_CHANGE, EntryKind.EXPENSE):
        return Refusal.ENDED
    pot, project = pot.after(kind, amount_cents), project.after(kind, amount_cents)
    promise = promise.after(kind, amount_cents)
    if promise.spent_cents > promise.amount_cents or promise.spent_cents < 0:
        return Refusal.OVER_COMMITMENT if kind is EntryKind.EXPENSE else Refusal.BELOW_SPENT
    if project.committed_cents > project.allocated_cents:
        return Refusal.OVER_ALLOCATION if EFFECTS[kind].committed else Refusal.PROMISED_ALREADY
    if pot.held_cents < 0:
        return Refusal.OVER_RESERVE
    return Refusal.OVER_POT if pot.free_cents < 0 else None


def _why_not_amount(kind: EntryKind, amount_cents: int) -> Refusal | None:
    if abs(amount_cents) > LARGEST_CENTS:
        return Refusal.TOO_LARGE
    either = kind is EntryKind.COMMIT_CHANGE
    fits = amount_cents != 0 if either else amount_cents < 0 if kind in BELOW_ZERO else amount_cents > 0
    return None if fits else Refusal.NOT_AN_AMOUNT


def _why_not_take_back(kind: EntryKind, amount_cents: int, original: Original | None) -> Refusal | None:
    if kind is not EntryKind.EXPENSE_REVERSAL:
        return None
    if original is None or original.kind is not EntryKind.EXPENSE:
        return Refusal.REVERSAL_OF_REVERSAL
    if original.is_reversed:
        return Refusal.REVERSED_ALREADY
    return None if amount_cents == -original.amount_cents else Refusal.NOT_WHOLE


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry as the sums see it."""

    kind: EntryKind
    amount_cents: int
    project_id: int | None = None
    commitment_id: int | None = None


@dataclass(kw_only=True)
class Books:
    """Everything the entries of one cycle add up to."""

    pot: Pot = field(default_factory=Pot)
    projects: dict[int, Balance] = field(default_factory=dict)
    promises: dict[int, Promise] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """Count one more entry."""
        self.pot = self.pot.after(line.kind, line.amount_cents)
        if line.project_id is not None:
            project = self.projects.get(line.project_id, Balance())
            self.projects[line.project_id] = project.after(line.kind, line.amount_cents)
        if line.commitment_id is not None:
            promise = self.promises.get(line.commitment_id, Promise())
            self.promises[line.commitment_id] = promise.after(line.kind, line.amount_cents)


def replay(lines: Iterable[Line]) -> Books:
    """What the entries of a cycle add up to, from the first one on."""
    books = Books()
    for line in lines:
        books.add(line)
    return books


def broken_rules(books: Books) -> set[int]:
    """The numbers of the domain rules that do not hold in these books: 9, 10 or 11."""
    broken = set()
    if books.pot.free_cents < 0 or books.pot.held_cents < 0:
        broken.add(9)
    if any(not 0 <= each.committed_cents <= each.allocated_cents for each in books.projects.values()):
        broken.add(10)
    if any(not 0 <= each.spent_cents <= each.amount_cents for each in books.promises.values()):
        broken.add(11)
    return broken


def may_commit(stage: ProjectStage) -> bool:
    """Whether money of a project in this stage may be promised."""
    return stage in COMMITTING


def needs_both_sides(amount_cents: int, alone_cents: int) -> bool:
    """Whether an expense needs the signatures of both sides: above the amount a clerk enters alone."""
    return amount_cents > alone_cents


def needs_council(amount_cents: int, allocated_cents: int, *, same_category: bool, percent: int) -> bool:
    """Whether moving money needs the council's decision: to another category, above a share (domain rule 13)."""
    return not same_category and amount_cents * 100 > allocated_cents * percent


def commitment_code(project_code: str, number: int) -> str:
    """The public id of a commitment, for example 2026-J003-C2."""
    return f"{project_code}-C{number}"
