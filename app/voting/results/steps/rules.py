"""The event log of a count as steps that people can follow: what belongs together is one step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from app.voting.counting.outcomes import Event, Kind, Phase, Tie
from app.voting.results.rules import read_outcome


class StepKind(StrEnum):
    """What happens in a step, one sentence each."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    TOO_DEAR = "too_dear"
    LOOK = "look"
    REST = "rest"
    FUND = "fund"
    SET_ASIDE = "set_aside"
    RUNOFF = "runoff"
    VOTELESS = "voteless"
    OUT = "out"
    POINTS = "points"
    STOP = "stop"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an option stands: ballots, votes or points; in the shared budget also what its supporters hold, in cents."""

    option: int
    count: int
    held_cents: int | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step, numbered from 1. `options` are those it is about; `numbers` are those of the event that decides.

    `moved` are the ballots that went to other options, `exhausted` those that had nowhere to go. `standing` is how
    things stand with this step done, the options it is about still among them. `funds_next` tells whether the next
    step funds something. Money in cents.
    """

    number: int
    kind: StepKind
    phase: Phase
    round: int
    options: tuple[int, ...]
    numbers: Mapping[str, Any]
    tie: Tie | None
    moved: Mapping[int, int]
    exhausted: int
    left_cents: int
    standing: tuple[Standing, ...]
    funds_next: bool


@lru_cache(maxsize=4)
def steps_in(outcome: str) -> tuple[Step, ...]:
    """The steps of a stored outcome; the last few are kept, because those of a large vote take seconds to make."""
    return steps_of(read_outcome(outcome).events)


def steps_of(events: Sequence[Event]) -> tuple[Step, ...]:
    """The log in steps: no event is lost, and each step leaves the pot as its last event does."""
    groups = list(_groups(event for event in events if event.kind is not Kind.TIE_BREAK))
    following = [group[0].kind is Kind.FUND for group in groups[1:]] + [False]
    stands: dict[int, Standing] = {}
    steps = []
    for number, (group, funds_next) in enumerate(zip(groups, following, strict=True), start=1):
        for event in group:
            stands = _after(stands, event)
        steps.append(_step(number, group, tuple(stands.values()), funds_next))
        stands = _without_the_decided(stands, group)
    return tuple(steps)


def decisive(steps: Sequence[Step]) -> Mapping[int, int]:
    """The number of the step that decided about an option, by option; one that no ballot ranks has none."""
    final = (StepKind.WITHDRAWN, StepKind.TOO_DEAR, StepKind.FUND, StepKind.SET_ASIDE)
    return {option: step.number for step in steps if step.kind in final for option in step.options}


def nearest(wanted: int, steps: Sequence[Step]) -> Step:
    """The step with this number; a number out of range gives the first or the last."""
    return steps[min(max(1, wanted), len(steps)) - 1]


def payable(step: Step, costs: Mapping[int, int]) -> frozenset[int]:
    """The options of a step of the shared budget that still fit the pot and whose supporters carry what they cost."""
    return frozenset(
        each.option for each in step.standing if (each.held_cents or 0) >= costs[each.option] <= step.left_cents
    )


def _groups(events: Iterable[Event]) -> Iterator[list[Event]]:
    """Events that are one thing to a reader; a tie is told with the event it decided, which carries it too."""
    group: list[Event] = []
    for event in events:
        if group and not _continues(group[-1], event):
            yield group
            group = []
        group.append(event)
    if group:
        yield group


def _continues(last: Event, event: Event) -> bool:
    if event.kind in (Kind.TRANSFER, Kind.EXHAUST):
        return True
    if event.kind is Kind.SUPPORT and last.kind is Kind.ELIMINATE:
        return True  # a reduced outcome tells the totals of the next count in place of what moved
    if last.kind is Kind.ADVANCE_RANK:
        return event.kind is Kind.SUPPORT
    if event.kind in (Kind.SET_ASIDE_COST, Kind.WITHDRAW):
        return last.kind is event.kind
    return _is_voteless(last) and _is_voteless(event)


def _is_voteless(event: Event) -> bool:
    return event.kind is Kind.ELIMINATE and event.numbers["votes"] == 0


def _after(stands: dict[int, Standing], event: Event) -> dict[int, Standing]:
    """How things stand after an event; options that leave are still there, to be marked."""
    if event.kind is Kind.SUPPORT and event.numbers.get("count", 1) > 1:
        return stands | {each.option: each for each in _counted(event)}
    if event.kind is Kind.SUPPORT:
        return {each.option: each for each in _counted(event)}
    if event.kind is Kind.TRANSFER:
        gained = {option: stands[option] for option, _ in event.numbers["to"]}
        return stands | {o: replace(gained[o], count=gained[o].count + more) for o, more in event.numbers["to"]}
    return stands


def _counted(event: Event) -> Iterator[Standing]:
    """What a count found. Support tells ballots, and what they hold in the shared budget or their points elsewhere."""
    holds = event.phase is Phase.SHARED
    for option, ballots, more in event.numbers.get("support", ()):
        yield Standing(option=option, count=ballots if holds else more, held_cents=more if holds else None)
    for option, count in [*event.numbers.get("votes", ()), *event.numbers.get("points", ())]:
        yield Standing(option=option, count=count, held_cents=None)


def _without_the_decided(stands: dict[int, Standing], group: Sequence[Event]) -> dict[int, Standing]:
    gone = {event.option for event in group if event.kind in (Kind.FUND, Kind.ELIMINATE, Kind.SET_ASIDE_COST)}
    return {option: each for option, each in stands.items() if option not in gone}


def _step(number: int, group: Sequence[Event], standing: tuple[Standing, ...], funds_next: bool) -> Step:
    first, last = group[0], group[-1]
    moved = next((dict(event.numbers["to"]) for event in group if event.kind is Kind.TRANSFER), {})
    return Step(
        number=number,
        kind=_kind(first),
        phase=first.phase,
        round=first.round,
        options=tuple(dict.fromkeys(event.option for event in group if event.option is not None)),
        numbers=first.numbers,
        tie=first.tie,
        moved=moved,
        exhausted=sum(event.numbers["ballots"] for event in group if event.kind is Kind.EXHAUST),
        left_cents=last.pot_after,
        standing=standing,
        funds_next=funds_next,
    )


def _kind(event: Event) -> StepKind:
    if event.kind is Kind.SUPPORT:
        found = {Phase.START: StepKind.OPEN, Phase.SHARED: StepKind.REST, Phase.RUNOFFS: StepKind.RUNOFF}
        return found.get(event.phase, StepKind.POINTS)
    if event.kind is Kind.ELIMINATE:
        return StepKind.VOTELESS if _is_voteless(event) else StepKind.OUT
    if event.kind is Kind.SET_ASIDE_COST:
        return StepKind.TOO_DEAR if event.phase is Phase.START else StepKind.SET_ASIDE
    return {
        Kind.ADVANCE_RANK: StepKind.LOOK,
        Kind.FUND: StepKind.FUND,
        Kind.WITHDRAW: StepKind.WITHDRAWN,
        Kind.STOP: StepKind.STOP,
    }[event.kind]
