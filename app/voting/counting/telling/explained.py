"""Why one option ended as it did, told from the log of its count: for a terminal, and as data."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from app.voting.counting.formats.pabulib import units
from app.voting.counting.misses import NearestMiss
from app.voting.counting.outcomes import Event, Kind, Outcome, Paid, Reason, ReasonCode, TiedBy
from app.voting.counting.records import Option, Vote
from app.voting.counting.telling.summary import how, plain, why_not


@dataclass(frozen=True, kw_only=True)
class Explained:
    """An option's end: its reason, the deciding event, who paid by rank, its runoffs, and how narrow it was."""

    option: Option
    reason: Reason
    event: Event
    place: int | None
    by_rank: tuple[int, ...]
    paid: tuple[Paid, ...]
    eliminations: tuple[Event, ...]
    miss: NearestMiss
    of: int

    def as_json(self) -> dict[str, Any]:
        """Plain values, with the option by its own id."""
        return {
            "id": self.option.id,
            "cost_cents": self.option.cost_cents,
            "reason": self.reason.code.value,
            "place": self.place,
            "event_index": self.reason.event,
            "event": self.event.as_json(),
            "by_rank": list(self.by_rank),
            "paid": [asdict(part) for part in self.paid],
            "eliminations": [event.as_json() for event in self.eliminations],
            "nearest_miss": {key: value for key, value in asdict(self.miss).items() if key != "option"},
        }


def explain(vote: Vote, outcome: Outcome, miss: NearestMiss) -> Explained:
    """The facts of the option that `miss` is about, out of the outcome's log. Source: Counting, "The event log"."""
    reason = outcome.reason(miss.option)
    start = next(event for event in outcome.events if event.kind is Kind.SUPPORT)
    funded = [each.option for each in outcome.funded]
    return Explained(
        option=vote.option(miss.option),
        reason=reason,
        event=outcome.events[reason.event],
        place=funded.index(miss.option) + 1 if miss.option in funded else None,
        by_rank=tuple(start.numbers["options"][miss.option - 1]["by_rank"]),
        paid=next((each.paid for each in outcome.funded if each.option == miss.option), ()),
        eliminations=tuple(e for e in outcome.events if e.kind is Kind.ELIMINATE and e.option == miss.option),
        miss=miss,
        of=len(outcome.events),
    )


def told(found: Explained) -> str:
    """The same as lines of text."""
    lines = [
        f"Project   {found.option.id}  {plain(found.option.title)}",
        f"Cost      {units(found.option.cost_cents)}",
        f"Ended     {_ended(found)}",
        f"Decided   {_decided(found)}",
        f"Ranked    {_ranked(found.by_rank)}",
        *_paid(found.paid),
        *_runoffs(found.eliminations),
        f"Cost up   {_by_cost(found.miss)}",
    ]
    if not found.miss.funded:
        lines.append(f"Ballots   {_by_ballots(found.miss)}")
    return "\n".join(lines) + "\n"


def _ended(found: Explained) -> str:
    if found.reason.code is ReasonCode.FUNDED:
        return f"funded, as number {found.place}"
    return f"not funded: {why_not(found.reason)}"


def _decided(found: Explained) -> str:
    event = found.event
    if found.reason.code in (ReasonCode.UNRANKED, ReasonCode.COSTS_MORE_THAN_THE_POT, ReasonCode.WITHDRAWN):
        where = "before the first ballot was counted"
    else:
        where = f"in {how(event.phase, event.round)}"
    numbers = ", ".join(_number(name, value) for name, value in event.numbers.items() if isinstance(value, int))
    lot = f"; level with {event.tie.of - 1}, first in the lot" if event.tie and event.tie.by is TiedBy.LOT else ""
    left = f"; {units(event.pot_before)} left before, {units(event.pot_after)} after"
    return f"{where}, event {found.reason.event + 1} of {found.of}{f': {numbers}' if numbers else ''}{left}{lot}"


def _number(name: str, value: int) -> str:
    if name.endswith("_cents"):
        return f"{name.removesuffix('_cents')} {units(value)}"
    return f"{name.replace('_', ' ')} {value:,}"


def _ranked(by_rank: tuple[int, ...]) -> str:
    named = [f"number {rank} on {ballots:,}" for rank, ballots in enumerate(by_rank, start=1) if ballots]
    return "; ".join(named) or "on no ballot"


def _paid(paid: tuple[Paid, ...]) -> Iterator[str]:
    for part in paid:
        yield f"Paid      {units(part.cents)} by {part.ballots:,} ballots that rank it number {part.rank}"


def _runoffs(eliminations: tuple[Event, ...]) -> Iterator[str]:
    for event in eliminations:
        numbers = event.numbers
        yield f"Runoff {event.round:<2} out after count {numbers['count']}, with {numbers['votes']:,} votes"


def _by_cost(miss: NearestMiss) -> str:
    if miss.largest_cost_cents is None:
        return "it would be funded at no cost"
    return f"it would {'still ' if miss.funded else ''}be funded at a cost of up to {units(miss.largest_cost_cents)}"


def _by_ballots(miss: NearestMiss) -> str:
    if miss.extra_ballots is None:
        return f"more than {miss.extra_cap} more, naming it alone, would be needed"
    return f"{miss.extra_ballots} more, naming it alone, would do"
