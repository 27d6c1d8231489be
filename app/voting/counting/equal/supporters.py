"""The ballots that rank each option, found once and kept by rank, so that no step of a count searches for them."""

import numpy as np
from numpy.typing import NDArray

from app.voting.counting.records import Ballots


class Supporters:
    """Row numbers of the ballots that rank an option, those that rank it first before those that rank it second …

    `rows` is the n × width ballot matrix without blank rows, `slots` the number of options and one more.
    """

    def __init__(self, rows: Ballots, slots: int) -> None:
        self._by_rank = np.stack([np.bincount(column, minlength=slots) for column in rows.T], axis=1)
        self._by_rank[0] = 0
        ends = np.cumsum(self._by_rank.ravel()).reshape(self._by_rank.shape)
        self._starts = ends - self._by_rank
        self._who = np.empty(int(ends[-1, -1]), dtype=np.int32)
        for rank, column in enumerate(rows.T):
            ordered = np.argsort(column, kind="stable")[np.count_nonzero(column == 0) :].astype(np.int32)
            before = np.cumsum(self._by_rank[:, rank]) - self._by_rank[:, rank]
            shift = np.repeat(self._starts[:, rank] - before, self._by_rank[:, rank])
            self._who[np.arange(len(ordered)) + shift] = ordered

    def by_rank(self, option: int) -> NDArray[np.int64]:
        """How many ballots rank the option first, second …"""
        ballots: NDArray[np.int64] = self._by_rank[option]
        return ballots

    def number(self, option: int) -> int:
        """How many ballots rank the option at any rank."""
        return int(self._by_rank[option].sum())

    def of(self, option: int) -> NDArray[np.int32]:
        """The ballots that rank the option, in order of the rank."""
        start = self._starts[option, 0]
        return self._who[start : start + self.number(option)]

    def ranks(self, option: int) -> list[NDArray[np.int32]]:
        """The same, a list for each rank."""
        return np.split(self.of(option), np.cumsum(self._by_rank[option])[:-1])
