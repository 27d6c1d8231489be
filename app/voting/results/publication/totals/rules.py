"""An outcome reduced to totals: sums of single options stay, what tells of two choices of one ballot together goes.

Which sums were carried and who paid what goes, because from such sums small groups can be worked out. Of a runoff each
count is given as totals. Source: counting.md, "What the levels publish".
"""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from app.cycles.rules import canonical
from app.voting.counting.outcomes import Kind, Phase

FORMAT = "lamplight-totals/1"

Plain = dict[str, Any]

KEPT = {
    Kind.FUND: ("supporters", "votes", "standing", "exhausted", "points", "ballots", "cost_cents"),
    Kind.ELIMINATE: ("count", "votes"),
    Kind.SET_ASIDE_COST: ("cost_cents", "left_cents", "short_cents"),
    Kind.WITHDRAW: ("cost_cents", "left_cents", "short_cents"),
    Kind.TIE_BREAK: (),
    Kind.ADVANCE_RANK: ("rank",),
    Kind.STOP: ("left_cents", "funded"),
}
"""The numbers of each event that a reduced outcome keeps; a support event is told by its phase."""


@lru_cache(maxsize=16)
def reduced(text: str) -> str:
    """The canonical text of a stored outcome, reduced; the last few are kept, because large ones take seconds."""
    return canonical(without_sums(json.loads(text)))


def without_sums(outcome: Plain) -> Plain:
    """The outcome in its reduced form. Event numbers in it are those of its own, shorter log."""
    events: list[Plain] = []
    places: dict[int, int] = {}
    runoff = _Counts()
    for place, event in enumerate(outcome["events"]):
        places[place] = len(events)
        events.extend(_told(event, runoff, following=outcome["events"][place + 1 : place + 2]))
    return {
        **outcome,
        "format": FORMAT,
        "funded": [_funded(each, places) for each in outcome["funded"]],
        "reasons": [{**reason, "event": places[reason["event"]]} for reason in outcome["reasons"]],
        "events": events,
    }


class _Counts:
    """The votes of a runoff as they stand, count by count."""

    def __init__(self) -> None:
        self.count, self.exhausted = 1, 0
        self.votes: dict[int, int] = {}

    def follow(self, event: Plain) -> None:
        """Take in an event of a runoff."""
        kind, numbers = event["kind"], event["numbers"]
        if kind == Kind.SUPPORT:
            self.count, self.votes, self.exhausted = 1, dict(numbers["votes"]), numbers["exhausted"]
        elif kind == Kind.ELIMINATE:
            self.count = numbers["count"] + 1
            del self.votes[event["option"]]
        elif kind == Kind.TRANSFER:
            self.votes.update((option, self.votes[option] + moved) for option, moved in numbers["to"])
        elif kind == Kind.EXHAUST:
            self.exhausted += numbers["ballots"]

    def as_numbers(self) -> Plain:
        """The totals of the count that is on."""
        votes = [[option, number] for option, number in sorted(self.votes.items())]
        standing = sum(self.votes.values())
        return {"count": self.count, "votes": votes, "standing": standing, "exhausted": self.exhausted}


def _told(event: Plain, runoff: _Counts, following: Iterable[Plain]) -> Iterable[Plain]:
    """What is told of one event: nothing where the next one completes it."""
    if event["phase"] == Phase.RUNOFFS and event["round"]:
        runoff.follow(event)
    if event["kind"] in (Kind.TRANSFER, Kind.EXHAUST):
        if not any(other["kind"] == Kind.EXHAUST for other in following):
            yield {**event, "kind": Kind.SUPPORT.value, "option": None, "numbers": runoff.as_numbers()}
    elif event["kind"] == Kind.SUPPORT:
        yield {**event, "numbers": _support(event, runoff)}
    else:
        kept = {name: value for name, value in event["numbers"].items() if name in KEPT[Kind(event["kind"])]}
        yield {**event, "numbers": kept}


def _support(event: Plain, runoff: _Counts) -> Plain:
    numbers = event["numbers"]
    if event["phase"] == Phase.START:
        return {**numbers, "format": FORMAT, "options": [_option(option) for option in numbers["options"]]}
    if event["phase"] == Phase.SHARED:
        return {**numbers, "support": [[option, ballots, None] for option, ballots, _ in numbers["support"]]}
    return runoff.as_numbers() if event["phase"] == Phase.RUNOFFS else numbers


def _option(option: Mapping[str, Any]) -> Plain:
    by_rank = option["by_rank"]
    told = {name: option[name] for name in ("number", "id", "cost_cents")}
    return {**told, "first": by_rank[0] if by_rank else 0, "ranked": sum(by_rank)}


def _funded(funded: Plain, places: Mapping[int, int]) -> Plain:
    told = {name: value for name, value in funded.items() if name != "paid"}
    return {**told, "event": places[funded["event"]]}
