"""Ballots in piles, one for each option they stand with, moved whole arrays at a time: the fast engine of runoffs."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.voting.counting.records import Ballots

Indices = NDArray[np.intp]


class Piles:
    """Each ballot stands with its highest option still in; `votes[option]` counts a pile, `exhausted` the rest.

    `rows` is the n × width ballot matrix without blank rows, `options` the number of options in the vote.
    """

    def __init__(self, rows: Ballots, options: int) -> None:
        self._rows = np.ascontiguousarray(rows)  # whole ballots are looked up here: each lies in one place
        self.alive = np.ones(options + 1, dtype=np.bool_)
        self.alive[0] = False
        self.votes = np.zeros(options + 1, dtype=np.int64)
        self.exhausted = 0
        self._piles: list[list[Indices]] = [[] for _ in range(options + 1)]
        self._place(np.arange(len(rows), dtype=np.intp), rows[:, 0])

    @property
    def standing(self) -> int:
        """Ballots that still rank an option in the race."""
        return int(self.votes.sum())

    def copy(self) -> Self:
        """The same piles, to be changed without changing these; the ballots themselves are shared."""
        twin = object.__new__(type(self))
        twin._rows = self._rows
        twin.alive, twin.votes = self.alive.copy(), self.votes.copy()
        twin.exhausted = self.exhausted
        twin._piles = [list(pile) for pile in self._piles]
        return twin

    def pile(self, option: int) -> Indices:
        """Row numbers of the ballots standing with the option."""
        arrays = self._piles[option]
        return np.concatenate(arrays) if arrays else np.empty(0, dtype=np.intp)

    def remove(self, option: int) -> tuple[NDArray[np.int64], int]:
        """Take the option out and move its ballots to their next option still in.

        Returns how many ballots each option received (by option number) and how many are exhausted by this.
        """
        self.alive[option] = False
        ballots = self.pile(option)
        self._piles[option] = []
        self.votes[option] = 0
        if not ballots.size:
            return np.zeros_like(self.votes), 0
        choices = self._rows[ballots]
        target = choices[np.arange(len(choices)), self.alive[choices].argmax(axis=1)]
        target[~self.alive[target]] = 0
        return self._place(ballots, target)

    def _place(self, ballots: Indices, target: NDArray[np.uint16]) -> tuple[NDArray[np.int64], int]:
        moved = np.bincount(target, minlength=len(self.votes)).astype(np.int64)
        exhausted = int(moved[0])
        ordered = ballots[np.argsort(target, kind="stable")]
        ends = np.cumsum(moved)
        moved[0] = 0
        for option in np.flatnonzero(moved).tolist():
            self._piles[option].append(ordered[ends[option] - moved[option] : ends[option]])
        self.votes += moved
        self.exhausted += exhausted
        return moved, exhausted
