"""The facts a count works on (rule, pot, options, ballots, lot order), checked once so that no rule has to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Ballots = NDArray[np.uint16]

MOST_OPTIONS = 65_535
BLOCK = 2**18  # ballots checked at once, so that what is compared stays small beside them
MOST_CENTS = 2**53 - 1  # the largest whole number every JSON reader keeps exactly


class Rule(StrEnum):
    """How ballots become an allocation; the values stand in rule cards, files and on the command line."""

    SHARED_BUDGET = "shared-budget"
    RANKED_CHOICE = "ranked-choice"
    POINTS = "points"
    EQUAL_SHARES = "equal-shares"


OFFERED = tuple(Rule)


class BadVote(ValueError):
    """The pot, options, ballots or lot order contradict each other or leave their bounds."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One proposal on the ballot: its number there (from 1), its own id, its title and its whole cost in cents."""

    number: int
    id: str
    title: str
    cost_cents: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Vote:
    """Everything a count may know.

    `options` are numbered 1, 2, 3 … in this order. `ballots` is an n × width matrix of option numbers, a ballot a row,
    best first, zeros after the last choice, width at most `max_ranks`; a row of zeros is a blank ballot.
    `lot_order` holds every option number once: of tied options the earlier is funded, the last is eliminated.
    `withdrawn` options are struck from every ballot before anything is counted.
    Raises BadVote where these do not fit together. Source: Counting, "Common ground".
    """

    pot_cents: int
    options: tuple[Option, ...]
    max_ranks: int
    ballots: Ballots
    lot_order: tuple[int, ...]
    withdrawn: frozenset[int] = field(default=frozenset())

    def __post_init__(self) -> None:
        _check_money(self)
        _check_options(self)
        check_ballots(self.ballots, max_ranks=self.max_ranks, options=len(self.options))

    def option(self, number: int) -> Option:
        """The option with this number (from 1)."""
        return self.options[number - 1]


def ballot_matrix(rankings: Iterable[Sequence[int]], max_ranks: int) -> Ballots:
    """Rankings (option numbers, best first) as the zero-padded matrix a Vote takes; BadVote if one is too long."""
    rows = [tuple(ranking) for ranking in rankings]
    if any(len(row) > max_ranks for row in rows):
        raise BadVote(f"a ballot ranks more than {max_ranks} options")
    if any(not 1 <= number <= MOST_OPTIONS for row in rows for number in row):
        raise BadVote("a ballot names an option number that does not exist")
    padded = [row + (0,) * (max_ranks - len(row)) for row in rows]
    return np.array(padded, dtype=np.uint16).reshape(len(rows), max_ranks)


def in_order(ballots: Ballots) -> Ballots:
    """The same ballots in the order of their numbers, which forgets who cast them when."""
    return ballots[np.lexsort(ballots.T[::-1])]


def check_ballots(ballots: Ballots, *, max_ranks: int, options: int) -> None:
    """BadVote unless every row is a ranking of distinct options 1 … `options`, best first, zeros only at its end."""
    _check_shape(ballots, max_ranks)
    for start in range(0, len(ballots), BLOCK):
        _check_rows(ballots[start : start + BLOCK], options)


def _check_money(vote: Vote) -> None:
    amounts = [vote.pot_cents, *(option.cost_cents for option in vote.options)]
    if any(isinstance(amount, bool) or not isinstance(amount, int) for amount in amounts):
        raise BadVote("money is whole cents")
    if any(not 0 <= amount <= MOST_CENTS for amount in amounts):
        raise BadVote(f"pot and costs lie between 0 and {MOST_CENTS} cents")


def _check_options(vote: Vote) -> None:
    numbers = tuple(option.number for option in vote.options)
    if len(numbers) > MOST_OPTIONS:
        raise BadVote(f"at most {MOST_OPTIONS} options can stand in a vote")
    if numbers != tuple(range(1, len(numbers) + 1)):
        raise BadVote("options are numbered 1, 2, 3 … in order")
    if len({option.id for option in vote.options}) != len(numbers):
        raise BadVote("two options have the same id")
    if len(vote.lot_order) != len(numbers) or set(vote.lot_order) != set(numbers):
        raise BadVote("the lot order holds every option once")
    if not vote.withdrawn <= set(numbers):
        raise BadVote("an option that is not in the vote cannot be withdrawn")


def _check_shape(ballots: Ballots, max_ranks: int) -> None:
    if max_ranks < 1:
        raise BadVote("a ballot has at least one rank")
    if ballots.dtype != np.uint16 or ballots.ndim != 2:
        raise BadVote("ballots are a matrix of 16-bit option numbers")
    if not 1 <= ballots.shape[1] <= max_ranks:
        raise BadVote(f"ballots have between 1 and {max_ranks} ranks")


def _check_rows(ballots: Ballots, options: int) -> None:
    if int(ballots.max()) > options:
        raise BadVote("a ballot names an option that is not in the vote")
    if bool(((ballots[:, :-1] == 0) & (ballots[:, 1:] != 0)).any()):
        raise BadVote("a ballot leaves a rank empty before a later choice")
    ordered = np.sort(ballots, axis=1)
    if bool(((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] != 0)).any()):
        raise BadVote("a ballot names the same option twice")
