"""The runoffs of a count as plain tallies, read back from its event log, so that another count can be held to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.voting.counting.outcomes import Event, Kind, Phase


@dataclass(frozen=True, kw_only=True)
class Tally:
    """One count within a runoff: (option, votes) in ballot order, exhausted ballots, who was eliminated after it."""

    votes: tuple[tuple[int, int], ...]
    exhausted: int
    eliminated: int | None


@dataclass(frozen=True, kw_only=True)
class Runoff:
    """One runoff: its number, the cents left before it, every tally, and the option it funded."""

    number: int
    left_cents: int
    tallies: tuple[Tally, ...]
    winner: int


def runoffs_of(events: Sequence[Event]) -> tuple[Runoff, ...]:
    """Every runoff of the log, each tally replayed from the one before. Source: Counting, "The event log"."""
    runoffs: list[Runoff] = []
    tallies: list[Tally] = []
    votes: dict[int, int] = {}
    exhausted = 0
    for event in events:
        if event.phase is not Phase.RUNOFFS or event.round == 0:
            continue
        if event.kind is Kind.SUPPORT and event.numbers.get("count", 1) > 1:
            # A reduced outcome gives the totals of each count in place of what moved.
            votes, exhausted = dict(event.numbers["votes"]), event.numbers["exhausted"]
        elif event.kind is Kind.SUPPORT:
            tallies, votes, exhausted = [], dict(event.numbers["votes"]), event.numbers["exhausted"]
        elif event.kind is Kind.ELIMINATE and event.option is not None:
            tallies.append(_tally(votes, exhausted, event.option))
            del votes[event.option]
        elif event.kind is Kind.TRANSFER:
            votes.update((option, votes[option] + moved) for option, moved in event.numbers["to"])
        elif event.kind is Kind.EXHAUST:
            exhausted += event.numbers["ballots"]
        elif event.kind is Kind.FUND and event.option is not None:
            tallies.append(_tally(votes, exhausted, None))
            runoffs.append(_runoff(event, event.option, tallies))
    return tuple(runoffs)


def _tally(votes: dict[int, int], exhausted: int, eliminated: int | None) -> Tally:
    return Tally(votes=tuple(sorted(votes.items())), exhausted=exhausted, eliminated=eliminated)


def _runoff(event: Event, winner: int, tallies: list[Tally]) -> Runoff:
    return Runoff(number=event.round, left_cents=event.pot_before, tallies=tuple(tallies), winner=winner)
