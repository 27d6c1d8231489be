"""Orders of the public list of projects, and adding projects up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from app.taskforces.projects.rules import Status, Verdict, tally


class Sort(StrEnum):
    """In which order projects are listed."""

    TROUBLED = "troubled"
    SOONEST = "soonest"
    NEWEST = "newest"


class Counted(Protocol):
    """What is counted of a project; money in cents."""

    @property
    def verdict(self) -> Verdict: ...
    @property
    def finish_on(self) -> date | None: ...
    @property
    def currency(self) -> str: ...
    @property
    def allocated_cents(self) -> int: ...
    @property
    def committed_cents(self) -> int: ...
    @property
    def spent_cents(self) -> int: ...


Card = TypeVar("Card", bound=Counted)
WORST_FIRST = (Status.OFF_TRACK, Status.NEEDS_ATTENTION, Status.ON_TRACK)
"""What residents should see first; whatever has ended comes last."""


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Projects added up: how many of each status, and their money in cents where all of it is of one currency."""

    name: str
    key: str
    projects: int
    by_status: Mapping[Status, int]
    currency: str | None
    allocated_cents: int
    committed_cents: int
    spent_cents: int


def in_order(cards: Iterable[Card], sort: Sort) -> list[Card]:
    """The projects in that order; those that are equal in it keep the order they came in, newest cycle first."""
    if sort is Sort.NEWEST:
        return list(cards)
    if sort is Sort.SOONEST:
        return sorted(cards, key=lambda card: (has_ended(card.verdict), card.finish_on or date.max))
    return sorted(cards, key=lambda card: _weight(card.verdict.status))


def has_ended(verdict: Verdict) -> bool:
    """Whether nothing is expected of the project any more."""
    return verdict.status not in WORST_FIRST


def added_up(cards: Sequence[Counted], *, name: str = "", key: str = "") -> Sum:
    """All these projects in one sum."""
    currencies = {card.currency for card in cards}
    return Sum(
        name=name,
        key=key,
        projects=len(cards),
        by_status=tally(card.verdict for card in cards),
        currency=currencies.pop() if len(currencies) == 1 else None,
        allocated_cents=sum(card.allocated_cents for card in cards),
        committed_cents=sum(card.committed_cents for card in cards),
        spent_cents=sum(card.spent_cents for card in cards),
    )


def sums(cards: Iterable[Card], of: Callable[[Card], tuple[str, str]]) -> list[Sum]:
    """One sum for each pair of a name and a key that `of` gives, by name; no sum where it gives no key."""
    groups: dict[tuple[str, str], list[Card]] = {}
    for card in cards:
        groups.setdefault(of(card), []).append(card)
    return [added_up(group, name=name, key=key) for (name, key), group in sorted(groups.items()) if key]


def _weight(status: Status) -> int:
    return WORST_FIRST.index(status) if status in WORST_FIRST else len(WORST_FIRST)
