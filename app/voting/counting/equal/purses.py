"""What each ballot still carries, and what its points cost those who pay for an option together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.voting.counting.equal.supporters import Supporters
from app.voting.counting.state import CountInProgress
from app.voting.counting.units import COARSE, UNIT, cents_of, need_of

HALF = 48  # what a ballot carries is kept as two whole numbers of so many bits: 2^48 · high + low
BLOCK = 2**14  # so many numbers of 48 bits add up to no more than 64 bits hold

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Price:
    """What a point of an option costs: `units` / `points`, a fraction.

    `units` is what those who can pay the full price have to give, `points` all they give the option.
    """

    units: int
    points: int

    @property
    def coarse(self) -> int:
        """The price as it is compared, rounded up: whole numbers make a price lower than fractions do, never higher."""
        return -(-self.units // (self.points << COARSE))

    def due(self, points: int) -> int:
        """What a ballot that gives so many points pays in units, rounded in its favor."""
        return min(self.units * points // self.points, UNIT)

    def below(self, points: int) -> int:
        """Who gives so many points and carries fewer units than this cannot pay the full price."""
        return min(max(-(-self.units * points // self.points), 0), UNIT + 1)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One funding: the units its supporters held and had to give, at which price, and what they gave by rank."""

    support: int
    need: int
    price: Price
    by_rank: list[int]

    def numbers(self, state: CountInProgress) -> dict[str, int | str]:
        """The payment as it stands in the log; whole numbers beyond what every JSON reader keeps are text."""
        return {
            "support_cents": cents_of(state, self.support),
            "support_units": str(self.support),
            "need_units": str(self.need),
            "price_units": str(self.price.units),
            "price_points": str(self.price.points),
        }


class Purses:
    """What each ballot still carries, in whole units, and what the supporters of an option make of it.

    Other than in the shared budget, where those who paid for the same carry the same, here the rank counts too: of
    long ballots hardly two carry the same after a few fundings. So each has its own number, in two halves.
    """

    def __init__(self, state: CountInProgress) -> None:
        self.supporters = Supporters(state.rows, len(state.costs))
        self._need = [need_of(state, option) for option in range(len(state.costs))]
        self._worth = state.vote.max_ranks - np.arange(state.rows.shape[1], dtype=np.int64)
        self._high = np.full(len(state.rows), UNIT >> HALF, dtype=np.int64)
        self._low = np.zeros(len(state.rows), dtype=np.int64)

    def points(self, option: int) -> int:
        """All points the ballots give the option."""
        return int(self.supporters.by_rank(option) @ self._worth)

    def at_first(self, option: int) -> Price:
        """The price if nobody had paid for anything and everybody could pay it: no later price is lower."""
        return Price(units=self._need[option], points=self.points(option))

    def price(self, option: int, at_least: int) -> Price | None:
        """The lowest price at which the supporters together give what the option needs, or nothing if they cannot.

        `at_least` is an earlier price as it is compared, from where floats may begin. Whoever is taken
        for unable to pay the full price, the price that follows is not above the true one, for each supporter gives the
        lesser of all it carries and the price. So floats may guess who is unable: taking for unable whoever cannot pay
        the price found, again and again, climbs to the true price and stops there.
        """
        who, by_rank, need = self.supporters.of(option), self.supporters.by_rank(option), self._need[option]
        high, points = self._high[who], np.repeat(self._worth, by_rank)
        unable = _guess(high, points, need, float(at_least))
        if bool(unable.all()):
            if _sum(high, self._low[who]) < need:
                return None
            unable[:] = False
        while not unable.all():
            spent = who[unable]
            left = int(points.sum(where=~unable))
            price = Price(units=need - _sum(self._high[spent], self._low[spent]), points=left)
            found = self._unable(who, high, by_rank, price)
            if np.array_equal(found, unable):
                return price
            unable = found
        return None

    def pay(self, option: int, price: Price) -> Payment:
        """Let each supporter pay the price for the points it gives, or all it carries if that is less."""
        support, by_rank = 0, []
        for who, points in zip(self.supporters.ranks(option), self._worth.tolist(), strict=True):
            held, kept = self._take(who, price.due(points))
            support += held
            by_rank.append(held - kept)
        return Payment(support=support, need=self._need[option], price=price, by_rank=by_rank)

    def _unable(self, who: Rows, high: Numbers, by_rank: Numbers, price: Price) -> Flags:
        limits = [divmod(price.below(points), 1 << HALF) for points in self._worth.tolist()]
        limit = np.repeat(np.array([limit[0] for limit in limits], dtype=np.int64), by_rank)
        unable = high < limit
        close = np.flatnonzero(high == limit)
        if close.size:
            limit = np.repeat(np.array([limit[1] for limit in limits], dtype=np.int64), by_rank)
            unable[close] = self._low[who[close]] < limit[close]
        return unable

    def _take(self, who: Rows, units: int) -> tuple[int, int]:
        """Take the units from each, or all it carries if that is less; return what they held and keep together."""
        high, low = self._high[who], self._low[who]
        held = _sum(high, low)
        high -= units >> HALF
        low -= units & ((1 << HALF) - 1)
        borrowed = low < 0
        high -= borrowed
        low[borrowed] += 1 << HALF
        empty = high < 0
        high[empty] = low[empty] = 0
        self._high[who], self._low[who] = high, low
        return held, _sum(high, low)


def _guess(high: Numbers, points: Numbers, need: int, price: float) -> Flags:
    """Which supporters cannot pay the full price, as far as floats can tell, climbing from a price that is too low."""
    rates, carried, given, goal = high / points, high.astype(np.float64), int(points.sum()), need / 2**HALF
    while True:
        unable = rates < price
        left = given - int(points[unable].sum())
        higher = (goal - float(carried[unable].sum())) / left if left else price
        if higher <= price:
            return unable
        price = higher


def _sum(high: Numbers, low: Numbers) -> int:
    """The exact sum of what ballots carry."""
    if not high.size:
        return 0
    starts = np.arange(0, len(high), BLOCK)
    whole, rest = (sum(map(int, np.add.reduceat(half, starts))) for half in (high, low))
    return (whole << HALF) + rest
