"""The shared budget: every ballot carries an equal share of the pot, and who ranks an option pays for it together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.voting.counting.outcomes import Kind, Phase
from app.voting.counting.records import Rule
from app.voting.counting.state import CountInProgress, paid_by_rank
from app.voting.counting.units import COARSE, UNIT, cents_of, need_of

# A float holds sums of 24-bit pieces exactly for up to 2^29 ballots, so whole arrays can be added without loss.
PIECE = 24
PIECES = 4
BLOCK = 2**18  # ballots added at once: what is gathered for them stays small enough to be near at hand

Pieces = NDArray[np.float64]
Index = NDArray[np.int64]


def fund_by_shares(state: CountInProgress) -> None:
    """Fund what its supporters can pay for together, looking at one more rank at a time.

    Logs every step and leaves the rest of the pot to the runoffs. Source: Counting, C2, with its arithmetic.
    """
    shares = Shares(state)
    width = state.rows.shape[1]
    for k in range(1, width + 1):
        state.enter(Phase.SHARED, Rule.SHARED_BUDGET, round=k)
        state.log(Kind.ADVANCE_RANK, None, {"rank": k})
        shares.advance(k)
        shares.log()
        if _fund_all(state, shares):
            shares.log()
        state.tell(0.5 * k / width)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One funding: the units its supporters held and had to give, and what they gave by rank."""

    support: int
    need: int
    ballots: NDArray[np.int64]
    by_rank: list[int]


class Shares:
    """What each ballot still carries and what each option's supporters hold together, in whole units.

    Ballots that paid for the same options carry the same, so a number is kept for each such class, not each ballot.
    """

    def __init__(self, state: CountInProgress) -> None:
        self._state, self._rows, self._k = state, state.rows, 0
        self._units = [UNIT]
        self._pieces = _pieces(self._units)
        self._class = np.zeros(len(self._rows), dtype=np.int64)
        self._slots = len(state.costs)
        self.support = [0] * self._slots
        self.supporters = np.zeros(self._slots, dtype=np.int64)
        self.need = [need_of(state, option) for option in range(self._slots)]

    def advance(self, k: int) -> None:
        """Let every ballot support its k-th option too, beside the ones before."""
        column = self._rows[:, k - 1]
        for option, units in _sums(column, self._pieces, self._class, self._slots).items():
            self.support[option] += units
        self.supporters += np.bincount(column, minlength=self._slots)
        self._k = k

    def payable(self, options: list[int]) -> list[int]:
        """Those of the options that fit what is left and whose supporters hold what they need."""
        return [
            option
            for option in options
            if self.supporters[option]
            and self._state.costs[option] <= self._state.left
            and self.support[option] >= self.need[option]
        ]

    def pay(self, option: int) -> Payment:
        """Let the supporters of the option pay its need, each the same part of what they carry."""
        support, need = self.support[option], self.need[option]
        payers = np.flatnonzero((self._rows[:, : self._k] == option).any(axis=1))
        choices = self._rows[payers, : self._k]
        rank = (choices == option).argmax(axis=1)
        given, who = self._scale(payers, support, need)
        by_rank = _sums(rank, given, who, self._k)
        for column in choices.T:
            for other, units in _sums(column, given, who, self._slots).items():
                self.support[other] -= units
        ballots = np.bincount(rank, minlength=self._k).astype(np.int64)
        return Payment(support=support, need=need, ballots=ballots, by_rank=[by_rank.get(r, 0) for r in range(self._k)])

    def log(self) -> None:
        """Record what the supporters of every open option hold now."""
        support = [
            [option, int(self.supporters[option]), cents_of(self._state, self.support[option])]
            for option in self._state.open_options
            if self.supporters[option]
        ]
        self._state.log(Kind.SUPPORT, None, {"rank": self._k, "support": support})

    def _scale(self, payers: NDArray[np.intp], support: int, need: int) -> tuple[Pieces, Index]:
        """Scale what the payers carry by (support − need) / support, rounded up.

        Returns what each class of payers gives, in pieces, and the class of each payer.
        """
        if need == 0:
            return np.zeros((PIECES, 1)), np.zeros(len(payers), dtype=np.int64)
        old = np.flatnonzero(np.bincount(self._class[payers], minlength=len(self._units)))
        kept = [-(-self._units[number] * (support - need) // support) for number in old.tolist()]
        fresh = _pieces(kept)
        moved = np.zeros(len(self._units), dtype=np.int64)
        moved[old] = np.arange(len(old))
        index = moved[self._class[payers]]
        given = self._pieces[:, old] - fresh
        self._class[payers] = index + len(self._units)
        self._units += kept
        self._pieces = np.concatenate([self._pieces, fresh], axis=1)
        return given, index


def _fund_all(state: CountInProgress, shares: Shares) -> int:
    """Fund, strongest first, every option that can be paid for at this step; return how many were funded."""
    funded = 0
    payable = shares.payable(state.open_options)
    while payable:
        # Within a step support only falls, so nothing becomes payable that was not.
        strength = {option: shares.support[option] >> COARSE for option in payable}
        most = max(strength.values())
        option, tie = state.first_in_lot([option for option in payable if strength[option] == most])
        payment = shares.pay(option)
        numbers = {
            "supporters": int(shares.supporters[option]),
            "support_cents": cents_of(state, payment.support),
            "support_units": str(payment.support),
            "need_units": str(payment.need),
        }
        state.fund(option, numbers, paid_by_rank(state.costs[option], payment.ballots, payment.by_rank), tie)
        funded += 1
        payable = shares.payable([other for other in payable if other != option])
    return funded


def _pieces(units: list[int]) -> Pieces:
    """Whole numbers up to 2^96 as columns of PIECES floats, lowest 24 bits first; the last may reach 2^24 itself."""
    mask = (1 << PIECE) - 1
    rows = [[(unit >> (PIECE * piece)) & mask for unit in units] for piece in range(PIECES - 1)]
    rows.append([unit >> (PIECE * (PIECES - 1)) for unit in units])
    return np.array(rows, dtype=np.float64)


def _sums(keys: NDArray[np.integer], values: Pieces, who: Index, slots: int) -> dict[int, int]:
    """Exact sums for each key that occurs: `who` says which of the values, given in pieces, goes with each key."""
    times, totals = np.zeros(slots, dtype=np.int64), np.zeros((PIECES, slots))
    for start in range(0, len(keys), BLOCK):
        block, whose = keys[start : start + BLOCK], who[start : start + BLOCK]
        times += np.bincount(block, minlength=slots)
        for total, piece in zip(totals, values, strict=True):
            total += np.bincount(block, weights=piece[whose], minlength=slots)
    return {
        key: sum(int(total) << (PIECE * place) for place, total in enumerate(totals[:, key].tolist()))
        for key in np.flatnonzero(times).tolist()
    }
