"""What a count leaves behind: the allocation, why each option ended as it did, and the log of every decision."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.voting.counting.records import Rule

FORMAT = "lamplight-count/1"


class Kind(StrEnum):
    """What an event reports."""

    SUPPORT = "support"
    FUND = "fund"
    ELIMINATE = "eliminate"
    TRANSFER = "transfer"
    EXHAUST = "exhaust"
    SET_ASIDE_COST = "set_aside_cost"
    TIE_BREAK = "tie_break"
    ADVANCE_RANK = "advance_rank"
    WITHDRAW = "withdraw"
    STOP = "stop"


class Phase(StrEnum):
    """The part of a count an event belongs to."""

    START = "start"
    SHARED = "shared"
    RUNOFFS = "runoffs"
    POINTS = "points"
    EQUAL = "equal"


class ReasonCode(StrEnum):
    """Why an option ended as it did."""

    FUNDED = "funded"
    NOT_ENOUGH_LEFT = "not_enough_left"
    COSTS_MORE_THAN_THE_POT = "costs_more_than_the_pot"
    UNRANKED = "unranked"
    WITHDRAWN = "withdrawn"


class TiedBy(StrEnum):
    """What settled a tie."""

    EARLIER_COUNT = "earlier_count"
    LOT = "lot"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """Options that stood level: how many (`of`), which (up to 20 all, beyond only the one picked), and what settled it.

    `count` is the earlier count of the same runoff that told the options apart, else nothing.
    """

    of: int
    options: tuple[int, ...]
    by: TiedBy
    count: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values that JSON keeps as they are."""
        return {"of": self.of, "options": list(self.options), "by": self.by.value, "count": self.count}


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One decision of a count. Options are numbers from 1, money is cents; `numbers` holds only JSON values.

    `round` is 0 at the start, the rank step in the shared phase, the number of the runoff in the runoffs, the number
    of the funding under equal shares, else 1. `rule` is the rule whose text decided: the runoffs that complete another
    rule say ranked-choice.
    """

    round: int
    phase: Phase
    kind: Kind
    option: int | None
    numbers: Mapping[str, Any]
    pot_before: int
    pot_after: int
    tie: Tie | None
    rule: Rule

    def as_json(self) -> dict[str, Any]:
        """Plain values in the published order of fields."""
        return {
            "round": self.round,
            "phase": self.phase.value,
            "kind": self.kind.value,
            "option": self.option,
            "numbers": dict(self.numbers),
            "pot_before": self.pot_before,
            "pot_after": self.pot_after,
            "tie": None if self.tie is None else self.tie.as_json(),
            "rule": self.rule.value,
        }


def event_from_json(plain: Mapping[str, Any]) -> Event:
    """The event a published log line stands for; KeyError or ValueError where it is none."""
    tie = plain["tie"]
    return Event(
        round=plain["round"],
        phase=Phase(plain["phase"]),
        kind=Kind(plain["kind"]),
        option=plain["option"],
        numbers=dict(plain["numbers"]),
        pot_before=plain["pot_before"],
        pot_after=plain["pot_after"],
        tie=tie and Tie(of=tie["of"], options=tuple(tie["options"]), by=TiedBy(tie["by"]), count=tie["count"]),
        rule=Rule(plain["rule"]),
    )


@dataclass(frozen=True, kw_only=True)
class Paid:
    """Ballots that carried a funded option at one rank, and the part of its cost in cents that falls to them.

    Shared phase and equal shares: what their shares paid. Runoffs: the ballots that stood with the winner, the cost
    split evenly.
    Points: every ballot that ranked it, the cost split by points. The parts of an option add up to its cost.
    """

    rank: int
    ballots: int
    cents: int


@dataclass(frozen=True, kw_only=True)
class Funded:
    """One funded option, with the phase and the index of the event that funded it and who paid, by rank."""

    option: int
    id: str
    cost_cents: int
    phase: Phase
    event: int
    paid: tuple[Paid, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values that JSON keeps as they are."""
        return {**asdict(self), "phase": self.phase.value, "paid": [asdict(part) for part in self.paid]}


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why one option ended as it did: a code, the index of the deciding event, and the numbers to tell it with."""

    option: int
    code: ReasonCode
    event: int
    numbers: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Plain values that JSON keeps as they are."""
        return {**asdict(self), "code": self.code.value}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The result of one count. `funded` stands in the order of funding, `reasons` holds one for each option in order.

    `ballots` are all, `counting_ballots` those that rank at least one option still in the vote. Money in cents.
    """

    rule: Rule
    pot_cents: int
    ballots: int
    counting_ballots: int
    funded: tuple[Funded, ...]
    left_cents: int
    events: tuple[Event, ...]
    reasons: tuple[Reason, ...]

    def reason(self, option: int) -> Reason:
        """Why the option with this number (from 1) ended as it did."""
        return self.reasons[option - 1]

    def as_json(self) -> dict[str, Any]:
        """The whole outcome in plain values, with its format; the same for the same vote on every machine."""
        return {
            "format": FORMAT,
            **self.as_published(),
            "funded": [funded.as_json() for funded in self.funded],
            "reasons": [reason.as_json() for reason in self.reasons],
        }

    def as_published(self) -> dict[str, Any]:
        """What the command line prints: allocation by option id and the event log."""
        return {
            "rule": self.rule.value,
            "pot_cents": self.pot_cents,
            "ballots": self.ballots,
            "counting_ballots": self.counting_ballots,
            "funded": [{"id": funded.id, "cost_cents": funded.cost_cents} for funded in self.funded],
            "left_cents": self.left_cents,
            "events": [event.as_json() for event in self.events],
        }


def outcome_from_json(plain: Mapping[str, Any]) -> Outcome:
    """The outcome that `Outcome.as_json` wrote; ValueError for another format, KeyError where a part is missing."""
    if plain["format"] != FORMAT:
        raise ValueError(f"the format is {plain['format']!r}, not {FORMAT}")
    return Outcome(
        rule=Rule(plain["rule"]),
        pot_cents=plain["pot_cents"],
        ballots=plain["ballots"],
        counting_ballots=plain["counting_ballots"],
        funded=tuple(_funded_from_json(funded) for funded in plain["funded"]),
        left_cents=plain["left_cents"],
        events=tuple(event_from_json(event) for event in plain["events"]),
        reasons=tuple(Reason(**{**reason, "code": ReasonCode(reason["code"])}) for reason in plain["reasons"]),
    )


def _funded_from_json(plain: Mapping[str, Any]) -> Funded:
    paid = tuple(Paid(**part) for part in plain["paid"])
    return Funded(**{**plain, "phase": Phase(plain["phase"]), "paid": paid})
