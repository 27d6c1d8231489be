"""A count while it runs: what is left, who is funded, who is out and why, and the log that records each step."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.voting.counting.outcomes import (
    FORMAT,
    Event,
    Funded,
    Kind,
    Outcome,
    Paid,
    Phase,
    Reason,
    ReasonCode,
    Tie,
    TiedBy,
)
from app.voting.counting.records import Ballots, Rule, Vote

Progress = Callable[[float], None]

TIED_LISTED = 20  # a tie of thousands is told by its number, not by a list as long


class Decided(Exception):
    """The option a trial count asks about is funded or out; nothing that would follow can change that."""

    def __init__(self, *, funded: bool) -> None:
        super().__init__()
        self.funded = funded


class CountInProgress:
    """The shared ground of all rules: struck ballots, money left, lot positions and the event log.

    With `until`, an option's number, it raises Decided as soon as that option is funded or out.
    """

    def __init__(self, vote: Vote, rule: Rule, progress: Progress | None, *, until: int | None = None) -> None:
        self.vote, self.rule = vote, rule
        self.costs = [0, *(option.cost_cents for option in vote.options)]
        self.left = vote.pot_cents
        self.round = 0
        self.phase = Phase.START
        self.decided_by = rule
        self.events: list[Event] = []
        self.funded: list[Funded] = []
        self.reasons: dict[int, Reason] = {}
        self.lot = np.zeros(len(vote.options) + 1, dtype=np.int64)
        self.lot[list(vote.lot_order)] = np.arange(len(vote.lot_order))
        self._progress, self._until = progress, until
        self._open()

    @property
    def open_options(self) -> list[int]:
        """Numbers of the options neither funded nor out, in ballot order."""
        return [option.number for option in self.vote.options if option.number not in self.reasons]

    def enter(self, phase: Phase, rule: Rule, *, round: int) -> None:
        """Everything logged from here on belongs to this phase and round and is decided by this rule."""
        self.phase, self.decided_by, self.round = phase, rule, round

    def log(
        self,
        kind: Kind,
        option: int | None = None,
        numbers: dict[str, Any] | None = None,
        *,
        tie: Tie | None = None,
        spent: int = 0,
    ) -> int:
        """Append one event and return its index."""
        before = self.left
        self.left -= spent
        event = Event(
            round=self.round,
            phase=self.phase,
            kind=kind,
            option=option,
            numbers=numbers or {},
            pot_before=before,
            pot_after=self.left,
            tie=tie,
            rule=self.decided_by,
        )
        self.events.append(event)
        return len(self.events) - 1

    def fund(self, option: int, numbers: dict[str, Any], paid: Sequence[Paid], tie: Tie | None = None) -> None:
        """Give the option its whole cost and record who paid."""
        cost = self.costs[option]
        by_rank = [{"rank": part.rank, "ballots": part.ballots, "cents": part.cents} for part in paid]
        self._log_tie(option, tie)
        event = self.log(Kind.FUND, option, {**numbers, "cost_cents": cost, "paid": by_rank}, tie=tie, spent=cost)
        self.funded.append(
            Funded(
                option=option,
                id=self.vote.option(option).id,
                cost_cents=cost,
                phase=self.phase,
                event=event,
                paid=tuple(paid),
            )
        )
        self._end(Reason(option=option, code=ReasonCode.FUNDED, event=event, numbers={"cost_cents": cost}))

    def eliminate(self, option: int, numbers: dict[str, Any], tie: Tie | None) -> None:
        """Record that the option leaves this runoff; it comes back in the next one."""
        self._log_tie(option, tie)
        self.log(Kind.ELIMINATE, option, numbers, tie=tie)

    def set_aside(self, option: int) -> None:
        """Record that the option costs more than what is left; what is left never grows."""
        cost = self.costs[option]
        numbers = {"cost_cents": cost, "left_cents": self.left, "short_cents": cost - self.left}
        self._rule_out(option, ReasonCode.NOT_ENOUGH_LEFT, self.log(Kind.SET_ASIDE_COST, option, numbers), numbers)

    def first_in_lot(self, options: Sequence[int]) -> tuple[int, Tie | None]:
        """The option among level ones that stands first in the lot order, and the tie if there was one."""
        chosen = options[int(self.lot[list(options)].argmin())]
        return chosen, lot_tie(options, chosen)

    def tell(self, done: float) -> None:
        """Report the share of the work done, 0 to 1, to whoever watches."""
        if self._progress is not None:
            self._progress(min(max(done, 0.0), 1.0))

    def outcome(self) -> Outcome:
        """Close the log and freeze the result."""
        self.log(Kind.STOP, None, {"left_cents": self.left, "funded": len(self.funded)})
        self.tell(1.0)
        return Outcome(
            rule=self.rule,
            pot_cents=self.vote.pot_cents,
            ballots=len(self.vote.ballots),
            counting_ballots=len(self.rows),
            funded=tuple(self.funded),
            left_cents=self.left,
            events=tuple(self.events),
            reasons=tuple(self.reasons[option.number] for option in self.vote.options),
        )

    def _log_tie(self, option: int, tie: Tie | None) -> None:
        if tie is not None:
            self.log(Kind.TIE_BREAK, option, tie=tie)

    def _rule_out(self, option: int, code: ReasonCode, event: int, numbers: dict[str, Any]) -> None:
        self._end(Reason(option=option, code=code, event=event, numbers=numbers))

    def _end(self, reason: Reason) -> None:
        self.reasons[reason.option] = reason
        if reason.option == self._until:
            raise Decided(funded=reason.code is ReasonCode.FUNDED)

    def _open(self) -> None:
        pot, dear = self.vote.pot_cents, []
        for option in self.vote.options:
            if option.number not in self.vote.withdrawn and option.cost_cents > pot:
                dear.append(option.number)
        struck = sorted({*self.vote.withdrawn, *dear})
        self.rows = without(self.vote.ballots, struck, len(self.vote.options))
        by_rank = [np.bincount(column, minlength=len(self.costs)) for column in self.rows.T]
        start = self._log_start(by_rank)
        for number in struck:
            self._strike(number)
        for number in self.open_options:
            if not any(rank[number] for rank in by_rank):
                self._rule_out(number, ReasonCode.UNRANKED, start, {"ballots": 0})

    def _strike(self, number: int) -> None:
        cost, pot = self.costs[number], self.vote.pot_cents
        numbers = {"cost_cents": cost, "left_cents": pot, "short_cents": max(cost - pot, 0)}
        if number in self.vote.withdrawn:
            self._rule_out(number, ReasonCode.WITHDRAWN, self.log(Kind.WITHDRAW, number, numbers), numbers)
        else:
            event = self.log(Kind.SET_ASIDE_COST, number, numbers)
            self._rule_out(number, ReasonCode.COSTS_MORE_THAN_THE_POT, event, numbers)

    def _log_start(self, by_rank: Sequence[NDArray[np.intp]]) -> int:
        options = [
            {
                "number": option.number,
                "id": option.id,
                "cost_cents": option.cost_cents,
                "by_rank": [int(rank[option.number]) for rank in by_rank],
            }
            for option in self.vote.options
        ]
        numbers = {
            "format": FORMAT,
            "max_ranks": self.vote.max_ranks,
            "ballots": len(self.vote.ballots),
            "counting_ballots": len(self.rows),
            "options": options,
            "lot_order": list(self.vote.lot_order),
        }
        return self.log(Kind.SUPPORT, None, numbers)


def without(ballots: Ballots, struck: Sequence[int], options: int) -> Ballots:
    """The ballots with the struck options taken out, lower ranks moved up, and blank ballots left out."""
    gone = np.zeros(options + 1, dtype=np.bool_)
    gone[list(struck)] = True
    hit = np.flatnonzero(gone[ballots].any(axis=1)) if struck else np.empty(0, dtype=np.intp)
    rows = ballots.copy()
    if hit.size:
        kept = np.where(gone[rows[hit]], 0, rows[hit])
        rows[hit] = np.take_along_axis(kept, np.argsort(kept == 0, axis=1, kind="stable"), axis=1)
    return np.asfortranarray(rows[rows[:, 0] != 0])


def lot_tie(options: Sequence[int], chosen: int) -> Tie | None:
    """The tie to record where the lot order picked one of several options, else nothing."""
    if len(options) < 2:
        return None
    listed = tuple(sorted(options)) if len(options) <= TIED_LISTED else (chosen,)
    return Tie(of=len(options), options=listed, by=TiedBy.LOT)


def paid_by_rank(cost: int, ballots: NDArray[np.int64], weights: Sequence[int]) -> tuple[Paid, ...]:
    """Split a cost in cents over ranks by whole-number weights, to the nearest cent; ranks without ballots drop out.

    Nearest, because weights in units are rounded themselves: what should be whole cents is often a unit less.
    """
    total, running, before, parts = sum(weights), 0, 0, []
    for rank, (count, weight) in enumerate(zip(ballots.tolist(), weights, strict=True), start=1):
        running += weight
        after = (2 * running * cost + total) // (2 * total) if total else 0
        if count:
            parts.append(Paid(rank=rank, ballots=count, cents=after - before))
        before = after
    return tuple(parts)
