"""What each level publishes of a count, and a check that finds small groups in whatever is about to be published.

The check reads only what is published, as a curious neighbor would: it knows nothing of how the files were made.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.cycles.rules import PublicationLevel, canonical
from app.voting.counting.outcomes import Event, Kind, Phase, event_from_json
from app.voting.counting.records import Vote
from app.voting.counting.rounds import Runoff, runoffs_of
from app.voting.counting.state import without
from app.voting.results.bundle.rules import OUTCOME, PATHS, SET
from app.voting.results.publication.paths import rules as paths
from app.voting.results.publication.paths.rules import Grid, Path, is_small
from app.voting.results.publication.totals import rules as totals

Files = Mapping[str, bytes]

HOLD_RANKINGS = (SET, "ballots.pb", "ballots.csv")
"""Files with whole rankings: published at level full only."""

SUPPORT = {
    Phase.START: {"format", "max_ranks", "ballots", "counting_ballots", "options", "lot_order"},
    Phase.SHARED: {"rank", "support"},
    Phase.EQUAL: {"support"},
    Phase.POINTS: {"points"},
    Phase.RUNOFFS: {"count", "votes", "standing", "exhausted"},
}
OPTION = {"number", "id", "cost_cents", "first", "ranked"}
FUNDED = {"option", "id", "cost_cents", "phase", "event"}


def shown_outcome(level: PublicationLevel, outcome: str) -> str:
    """The outcome everybody sees: the whole one at level full, else the reduced one."""
    return outcome if level is PublicationLevel.FULL else totals.reduced(outcome)


def below_full(level: PublicationLevel, vote: Vote, outcome: str) -> dict[str, bytes]:
    """The files that tell of ballots at a level below full; `outcome` is the whole outcome as it is stored."""
    files = {OUTCOME: totals.reduced(outcome).encode()}
    if level is PublicationLevel.CONSULTED:
        runoffs = runoffs_of([event_from_json(event) for event in json.loads(outcome)["events"]])
        struck = {option.number for option in vote.options if option.cost_cents > vote.pot_cents} | vote.withdrawn
        rows = without(vote.ballots, sorted(struck), len(vote.options))
        content = {"format": paths.FORMAT, "smallest": paths.SMALLEST, "runoffs": paths.published(rows, runoffs)}
        files[PATHS] = canonical(content).encode()
    return files


def problems(files: Files, before: Sequence[Files] = ()) -> list[str]:
    """Every group of 1 to 9 ballots, and every group that did all the same, that the files below level full give away.

    `before` are the files of earlier counts of the same ballots, where those are published too. Sums of single options
    are excepted. Source: voting.md section 9.
    """
    found = [f"{name}: holds whole rankings" for name in HOLD_RANKINGS if name in files]
    outcome = json.loads(files[OUTCOME])
    if any(found := [*found, *_in_outcome(outcome)]):
        return found
    runoffs = runoffs_of([event_from_json(event) for event in outcome["events"]])
    seen: dict[Path, list[int]] = {}
    for earlier in before:
        for _, shown in _shown(earlier):
            _remember(seen, shown)
    for runoff, (others, shown) in zip(runoffs, _shown(files), strict=PATHS in files):
        found += [f"{PATHS}, runoff {runoff.number}: {what}" for what in _in_paths(runoff, shown, others, seen)]
        _remember(seen, shown)
    for number, earlier in enumerate(before, start=1):
        found += _between(_sums(json.loads(earlier[OUTCOME])), _sums(outcome), number)
    return found


def _shown(files: Files) -> Iterator[tuple[Any, dict[Path, int]]]:
    for runoff in json.loads(files[PATHS])["runoffs"] if PATHS in files else ():
        yield runoff["others"], {tuple(each["options"]): each["ballots"] for each in runoff["paths"]}


def _remember(seen: dict[Path, list[int]], shown: Mapping[Path, int]) -> None:
    for path, number in shown.items():
        seen.setdefault(path, []).append(number)


def _in_paths(
    runoff: Runoff, shown: Mapping[Path, int], others: Any, seen: Mapping[Path, Iterable[int]]
) -> Iterator[str]:
    grid = Grid(runoff=runoff)
    for path, number in shown.items():
        if is_small(number):
            yield f"the path {path} has {number} ballots"
        if any(grid.moves.get(move) == number for move in paths.moves_of(path)[:-1]):
            yield f"all {number} ballots of one group went the path {path}"
        if any(is_small(abs(number - other)) for other in seen.get(path, ())):
            yield f"the path {path} has a few ballots more or less than elsewhere"
    for move, number in paths.left(shown, grid).items():
        if number < 0 or (is_small(number) and number < grid.moves[move]):
            yield f"of the {grid.moves.get(move, 0)} ballots that moved {move} the paths leave {number}"
    if others != paths.others(shown, grid):
        yield "the totals of its counts do not add up"


def _in_outcome(outcome: Mapping[str, Any]) -> Iterator[str]:
    if outcome["format"] != totals.FORMAT:
        yield f"{OUTCOME}: tells what supporters carried and paid"
        return
    for funded in outcome["funded"]:
        yield from _beyond(set(funded) - FUNDED, f"funded option {funded['option']}")
    for place, plain in enumerate(outcome["events"]):
        yield from _beyond(_told_beyond(event_from_json(plain)), f"event {place}")


def _beyond(names: Iterable[str], where: str) -> Iterator[str]:
    for name in sorted(names):
        yield f"{OUTCOME}, {where}: tells {name}"


def _told_beyond(event: Event) -> set[str]:
    """What an event tells beyond sums of single options."""
    if event.kind in (Kind.TRANSFER, Kind.EXHAUST):
        return {event.kind.value}
    if event.kind is not Kind.SUPPORT:
        return set(event.numbers) - set(totals.KEPT[event.kind])
    beyond = set(event.numbers) - SUPPORT[event.phase]
    if event.phase is Phase.SHARED and any(carried is not None for _, _, carried in event.numbers["support"]):
        beyond.add("what is carried")
    return beyond | {name for option in event.numbers.get("options", ()) for name in set(option) - OPTION}


def _sums(outcome: Mapping[str, Any]) -> dict[str, int]:
    """The sums of single options that two counts of the same ballots can be held against each other by."""
    found: dict[str, int] = {}
    for event in map(event_from_json, outcome["events"]):
        if event.kind is not Kind.SUPPORT:
            continue
        for option in event.numbers.get("options", ()):
            number = option["number"]
            found |= {f"option {number} {name}": option[name] for name in ("first", "ranked") if name in option}
        where = f"{event.phase.value} {event.round}, count {event.numbers.get('count', 1)}"
        for option, ballots, *_ in [*event.numbers.get("support", ()), *event.numbers.get("votes", ())]:
            found.setdefault(f"option {option}, {where}", ballots)
    return found


def _between(earlier: Mapping[str, int], later: Mapping[str, int], number: int) -> Iterator[str]:
    for where in earlier.keys() & later.keys():
        apart = abs(earlier[where] - later[where])
        if is_small(apart):
            yield f"{OUTCOME}, {where}: {apart} ballots more or less than in earlier count {number}"
