"""The facts of a result, read from its stored outcome alone; and the vote a count of record reads."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from app.voting.counting.closed_set import ClosedSet
from app.voting.counting.outcomes import FORMAT, Event, Kind, Paid, Phase, ReasonCode, Tie, TiedBy, event_from_json
from app.voting.counting.records import Option, Rule, Vote
from app.voting.counting.rounds import Runoff, runoffs_of
from app.voting.results.publication.paths.rules import SMALLEST
from app.voting.results.publication.totals.rules import FORMAT as TOTALS

SMALLEST_SHOWN = SMALLEST
"""Numbers of voters below this are not printed as numbers (voting.md section 9)."""


MOST_OPTIONS_AT_ONCE = 200
MOST_CELLS_AT_ONCE = 500_000
"""Options × ballots that pyrankvote counts in about a second; beyond, a clerk would have to wait."""


class BadRecord(ValueError):
    """A rule card, closed set or outcome that does not say what it must; nothing is counted or shown from it."""


def vote_of_record(
    card: Mapping[str, Any], closed: ClosedSet, lot_order: Sequence[int], withdrawn: Iterable[int] = ()
) -> Vote:
    """What a count of record reads: pot, options and ranks of the rule card, the closed set's ballots, the lot order.

    `withdrawn` are the options that a recount strikes from every ballot.

    Raises BadRecord where card and set do not belong together. Source: counting.md, "Common ground".
    """
    if (closed.options, closed.max_ranks) != (len(card["options"]), card["max_ranks"]):
        raise BadRecord("the closed ballot set has other options or ranks than the rule card")
    return Vote(
        pot_cents=card["spendable_cents"],
        options=tuple(
            Option(number=o["number"], id=o["code"], title=o["title"], cost_cents=o["cost_cents"])
            for o in card["options"]
        ),
        max_ranks=card["max_ranks"],
        ballots=closed.ballots,
        lot_order=tuple(lot_order),
        withdrawn=frozenset(withdrawn),
    )


class Ending(StrEnum):
    """How an option ended, one sentence each."""

    BY_SHARES = "by_shares"
    BY_RUNOFF = "by_runoff"
    BY_POINTS = "by_points"
    BY_EQUAL_SHARES = "by_equal_shares"
    FREE = "free"
    DID_NOT_FIT = "did_not_fit"
    DEARER_THAN_THE_POT = "dearer_than_the_pot"
    UNRANKED = "unranked"
    WITHDRAWN = "withdrawn"


def checks_at_once(*, options: int, ballots: int) -> bool:
    """Whether the second count is quick enough to be made while the clerk waits; else a worker makes it."""
    return options <= MOST_OPTIONS_AT_ONCE and options * ballots <= MOST_CELLS_AT_ONCE


@dataclass(frozen=True, kw_only=True)
class Elimination:
    """An option was last in a count of a runoff: the runoff, the count within it, and its votes there."""

    runoff: int
    count: int
    votes: int


@dataclass(frozen=True, kw_only=True)
class Defeat:
    """The last runoff an option lost: the ballots it had when it left or at the end, the winner and the winner's."""

    runoff: int
    ballots: int
    winner: int
    winner_ballots: int


@dataclass(frozen=True, kw_only=True)
class OptionEnding:
    """Why one option ended as it did, in numbers; money in cents.

    `round` is the step of the shared budget or of equal shares, or the number of the runoff. `backers` are the
    supporters (shares), the ballots that stood with it (runoff), or all that ranked it; `of` is out of how many.
    `first` and `ranked` are the ballots that rank it first and at all. `held_cents` is what the backers' shares were
    worth together; a reduced outcome tells neither that nor who `paid`. `left_cents` and `short_cents` tell what was
    left when it did not fit.
    """

    number: int
    code: str
    cost_cents: int
    ending: Ending
    funded: bool
    phase: Phase
    round: int
    backers: int
    of: int
    held_cents: int | None
    points: int
    left_cents: int
    short_cents: int
    first: int
    ranked: int
    paid: tuple[Paid, ...]
    eliminations: tuple[Elimination, ...]
    tie: Tie | None


@dataclass(frozen=True, kw_only=True)
class Support:
    """Who looks at an option in a step of the shared budget, and what their shares are worth if that is told."""

    option: int
    ballots: int
    held_cents: int | None


@dataclass(frozen=True, kw_only=True)
class SharedStep:
    """One step of the shared budget: the first `rank` ranks are looked at; what each option had at its start."""

    rank: int
    supports: tuple[Support, ...]
    funded: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class LotUse:
    """A tie that the lot settled: among which options, which one it picked, and what that meant."""

    phase: Phase
    round: int
    option: int
    options: tuple[int, ...]
    of: int
    meant: Kind


@dataclass(frozen=True, kw_only=True)
class ResultFacts:
    """A result as every page and report tells it: money in cents, options by number, `funded` in order of funding.

    `is_reduced` where the outcome holds totals only, as it is shown below publication level full.
    """

    rule: Rule
    pot_cents: int
    spent_cents: int
    left_cents: int
    ballots: int
    counting_ballots: int
    max_ranks: int
    lot_order: tuple[int, ...]
    funded: tuple[int, ...]
    is_reduced: bool
    endings: tuple[OptionEnding, ...]
    steps: tuple[SharedStep, ...]
    runoffs: tuple[Runoff, ...]
    defeats: Mapping[int, Defeat]
    lots: tuple[LotUse, ...]
    events: tuple[Event, ...]

    def ending(self, option: int) -> OptionEnding:
        """How the option with this number (from 1) ended."""
        return self.endings[option - 1]

    @property
    def won(self) -> tuple[OptionEnding, ...]:
        """The funded options in the order of funding."""
        return tuple(self.ending(number) for number in self.funded)

    @property
    def lost(self) -> tuple[OptionEnding, ...]:
        """The options that were not funded, in ballot order."""
        return tuple(ending for ending in self.endings if not ending.funded)


def changed(before: ResultFacts, after: ResultFacts) -> tuple[int, ...]:
    """The options, in ballot order, that one count of the same ballots funds and the other does not."""
    return tuple(sorted(set(before.funded) ^ set(after.funded)))


@lru_cache(maxsize=16)
def read_outcome(text: str) -> ResultFacts:
    """The facts in a stored outcome; BadRecord where its totals do not add up or its log does not bear it out.

    The last few are kept: a large outcome takes seconds to read, and its text never changes.
    """
    try:
        plain = json.loads(text)
        events = tuple(event_from_json(event) for event in plain["events"])
        _check(plain, events)
        return _facts(plain, events)
    except (KeyError, TypeError, ValueError, IndexError) as reason:
        raise BadRecord(f"the stored outcome cannot be read: {reason}") from reason


def _check(plain: Mapping[str, Any], events: Sequence[Event]) -> None:
    if plain["format"] not in (FORMAT, TOTALS):
        raise BadRecord(f"the format is neither {FORMAT} nor {TOTALS}")
    spent = sum(funded["cost_cents"] for funded in plain["funded"])
    if spent + plain["left_cents"] != plain["pot_cents"] or plain["left_cents"] < 0:
        raise BadRecord("what was spent and what is left do not add up to the pot")
    logged = [(event.option, event.pot_before - event.pot_after) for event in events if event.kind is Kind.FUND]
    if logged != [(funded["option"], funded["cost_cents"]) for funded in plain["funded"]]:
        raise BadRecord("the log does not fund what the allocation says")
    levels = [plain["pot_cents"], *(event.pot_after for event in events)]
    if levels != [*(event.pot_before for event in events), plain["left_cents"]]:
        raise BadRecord("the pot does not pass from event to event")


def _facts(plain: Mapping[str, Any], events: tuple[Event, ...]) -> ResultFacts:
    runoffs = runoffs_of(events)
    start = next(event for event in events if event.kind is Kind.SUPPORT and event.phase is Phase.START).numbers
    return ResultFacts(
        rule=Rule(plain["rule"]),
        pot_cents=plain["pot_cents"],
        spent_cents=plain["pot_cents"] - plain["left_cents"],
        left_cents=plain["left_cents"],
        ballots=plain["ballots"],
        counting_ballots=plain["counting_ballots"],
        max_ranks=start["max_ranks"],
        lot_order=tuple(start["lot_order"]),
        funded=tuple(funded["option"] for funded in plain["funded"]),
        is_reduced=plain["format"] == TOTALS,
        endings=tuple(_endings(plain, events, start["options"])),
        steps=tuple(_steps(events)),
        runoffs=runoffs,
        defeats=_defeats(runoffs),
        lots=tuple(_lots(events)),
        events=events,
    )


def _endings(plain: Mapping[str, Any], events: Sequence[Event], options: Sequence[Any]) -> Iterable[OptionEnding]:
    paid = {each["option"]: tuple(Paid(**part) for part in each.get("paid", ())) for each in plain["funded"]}
    if [reason["option"] for reason in plain["reasons"]] != [option["number"] for option in options]:
        raise BadRecord("there is not one reason for each option")
    out = _eliminations(events)
    for option, reason in zip(options, plain["reasons"], strict=True):
        number, code = option["number"], ReasonCode(reason["code"])
        if (code is ReasonCode.FUNDED) != (number in paid):
            raise BadRecord(f"the reason of option {number} contradicts the allocation")
        event = events[reason["event"]]
        told = {**reason["numbers"], **event.numbers}
        first, ranked = _ranked(option)
        yield OptionEnding(
            number=number,
            code=option["id"],
            cost_cents=option["cost_cents"],
            ending=_ending(code, event),
            funded=code is ReasonCode.FUNDED,
            phase=event.phase,
            round=event.round,
            backers=_backers(event, ranked),
            of=told.get("standing", plain["counting_ballots"]),
            held_cents=told.get("support_cents"),
            points=told.get("points", 0) if code is ReasonCode.FUNDED else 0,
            left_cents=told.get("left_cents", 0),
            short_cents=told.get("short_cents", 0),
            first=first,
            ranked=ranked,
            paid=paid.get(number, ()),
            eliminations=tuple(out.get(number, ())),
            tie=event.tie,
        )


def _ending(code: ReasonCode, event: Event) -> Ending:
    if code is not ReasonCode.FUNDED:
        return {
            ReasonCode.NOT_ENOUGH_LEFT: Ending.DID_NOT_FIT,
            ReasonCode.COSTS_MORE_THAN_THE_POT: Ending.DEARER_THAN_THE_POT,
            ReasonCode.UNRANKED: Ending.UNRANKED,
            ReasonCode.WITHDRAWN: Ending.WITHDRAWN,
        }[code]
    if event.phase is Phase.RUNOFFS:
        return Ending.BY_RUNOFF if event.round else Ending.FREE
    return {
        Phase.SHARED: Ending.BY_SHARES,
        Phase.POINTS: Ending.BY_POINTS,
        Phase.EQUAL: Ending.BY_EQUAL_SHARES,
    }[event.phase]


def _ranked(option: Mapping[str, Any]) -> tuple[int, int]:
    """How many ballots rank an option first, and at all."""
    if "ranked" in option:
        return option["first"], option["ranked"]
    by_rank = option["by_rank"]
    return next(iter(by_rank), 0), sum(by_rank)


def _backers(event: Event, ranked: int) -> int:
    for name in ("supporters", "votes"):
        if event.kind is Kind.FUND and name in event.numbers:
            return int(event.numbers[name])
    return ranked


def _eliminations(events: Sequence[Event]) -> Mapping[int, list[Elimination]]:
    """By option, in the order of the log, which is read once however many options there are."""
    found: dict[int, list[Elimination]] = {}
    for event in events:
        if event.kind is Kind.ELIMINATE and event.option is not None:
            here = Elimination(runoff=event.round, count=event.numbers["count"], votes=event.numbers["votes"])
            found.setdefault(event.option, []).append(here)
    return found


def _defeats(runoffs: Iterable[Runoff]) -> Mapping[int, Defeat]:
    """The last defeat of every option that lost a runoff."""
    found: dict[int, Defeat] = {}
    for runoff in runoffs:
        last = {option: votes for tally in runoff.tallies for option, votes in tally.votes}
        for option, votes in last.items():
            if option != runoff.winner:
                found[option] = Defeat(
                    runoff=runoff.number, ballots=votes, winner=runoff.winner, winner_ballots=last[runoff.winner]
                )
    return found


def _steps(events: Sequence[Event]) -> Iterable[SharedStep]:
    ranks = [event.round for event in events if event.kind is Kind.ADVANCE_RANK]
    for rank in ranks:
        inside = [event for event in events if event.phase is Phase.SHARED and event.round == rank]
        first = next(event for event in inside if event.kind is Kind.SUPPORT)
        supports = (Support(option=o, ballots=n, held_cents=cents) for o, n, cents in first.numbers["support"])
        funded = tuple(event.option for event in inside if event.kind is Kind.FUND and event.option is not None)
        yield SharedStep(rank=rank, supports=tuple(supports), funded=funded)


def _lots(events: Sequence[Event]) -> Iterable[LotUse]:
    for event, decided in zip(events, events[1:], strict=False):
        if event.kind is Kind.TIE_BREAK and event.tie and event.option and event.tie.by is TiedBy.LOT:
            yield LotUse(
                phase=event.phase,
                round=event.round,
                option=event.option,
                options=event.tie.options,
                of=event.tie.of,
                meant=decided.kind,
            )
