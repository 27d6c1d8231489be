"""The paths of ballots through the runoffs, and which of them may be published without giving a small group away.

A path is the sequence of options a ballot stood with in one runoff; 0 stands for none that is still in. Counting these
sequences gives every count of the runoff again. Source: counting.md, "What the levels publish".
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from app.voting.counting.records import Ballots
from app.voting.counting.rounds import Runoff

FORMAT = "lamplight-paths/1"
SMALLEST = 10
"""A group of fewer ballots than this is never published on its own (voting.md section 9)."""

REST = 0
"""In place of an option: no choice of the ballot is still in."""

Path = tuple[int, ...]
Move = tuple[int, int]
"""From an option to another, or to rest; from 0 where a ballot begins."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Grid:
    """The counts of a runoff as everybody sees them: who has how many ballots in each, and who leaves after which."""

    runoff: Runoff

    @cached_property
    def out(self) -> Mapping[int, int]:
        """The count after which an option leaves, for those that do."""
        tallies = enumerate(self.runoff.tallies, start=1)
        return {tally.eliminated: count for count, tally in tallies if tally.eliminated is not None}

    @cached_property
    def votes(self) -> Sequence[Mapping[int, int]]:
        """Ballots by option in each count, those at rest under 0."""
        return [dict(tally.votes) | {REST: tally.exhausted} for tally in self.runoff.tallies]

    @cached_property
    def moves(self) -> Mapping[Move, int]:
        """How many ballots began where and moved where: the totals of two counts, subtracted, tell it."""
        found = {(0, option): number for option, number in self.votes[0].items()}
        for before, after, tally in zip(self.votes, self.votes[1:], self.runoff.tallies, strict=False):
            for option, number in after.items():
                if number != before[option]:
                    found[tally.eliminated or 0, option] = number - before[option]
        return found

    def stands(self, path: Path) -> Iterator[tuple[int, int, int]]:
        """Option, first and last count in which a ballot of this path stands with it."""
        first = 1
        for option in path:
            last = self.out.get(option, len(self.votes))
            yield option, first, last
            first = last + 1


def moves_of(path: Path) -> list[Move]:
    """Where a ballot of this path began, and how it moved."""
    return list(zip((0, *path), path, strict=False))


def walked(rows: Ballots, runoff: Runoff) -> dict[Path, int]:
    """How many ballots went each path in a runoff; `rows` are the ballots that count, without what was struck."""
    grid, race = Grid(runoff=runoff), {option for option, _ in runoff.tallies[0].votes}
    found: Counter[Path] = Counter()
    rankings, numbers = np.unique(rows, axis=0, return_counts=True)
    for ranking, number in zip(rankings.tolist(), numbers.tolist(), strict=True):
        found[_path([option for option in ranking if option in race], grid.out)] += number
    return dict(found)


def _path(ranking: Iterable[int], out: Mapping[int, int]) -> Path:
    path: list[int] = []
    count = 1
    for option in ranking:
        if option not in out:
            return (*path, option)
        if out[option] >= count:
            path.append(option)
            count = out[option] + 1
    return (*path, REST)


def kept(walks: Mapping[Path, int], grid: Grid, seen: Mapping[Path, Iterable[int]]) -> dict[Path, int]:
    """The paths that may be published, rare ones merged into the rest: no group of 1 to 9 ballots can be worked out.

    The most frequent come first; one that would leave a small rest of a group that began or moved alike is merged too.
    `seen` holds numbers already published for the same path, in another runoff or another count.
    """
    begun = _begun(walks)
    rest, shown = dict(grid.moves), {}
    for path, number in sorted(walks.items(), key=lambda walk: (-walk[1], walk[0])):
        is_rare = number < SMALLEST or any(is_small(abs(number - other)) for other in seen.get(path, ()))
        is_unanimous = any(begun[path[:end]] == number for end in range(1, len(path)))
        if is_rare or is_unanimous or any(is_small(rest[move] - number) for move in moves_of(path)):
            continue
        shown[path] = number
        for move in moves_of(path):
            rest[move] -= number
    return shown


def is_small(number: int) -> bool:
    """Whether a group of so many ballots is too small to be told apart, and not empty."""
    return 0 < number < SMALLEST


def _begun(walks: Mapping[Path, int]) -> Counter[Path]:
    """How many ballots began their path this way."""
    begun: Counter[Path] = Counter()
    for path, number in walks.items():
        for end in range(1, len(path) + 1):
            begun[path[:end]] += number
    return begun


def left(shown: Mapping[Path, int], grid: Grid) -> dict[Move, int]:
    """What is left of every group that began or moved alike when the paths shown are taken off it."""
    rest = dict(grid.moves)
    for path, number in shown.items():
        for move in moves_of(path):
            rest[move] = rest.get(move, 0) - number
    return rest


def others(shown: Mapping[Path, int], grid: Grid) -> list[list[list[int]]]:
    """For each count, option and ballots with it whose path is not shown; 0 for those at rest. Totals add up."""
    rest = [dict(votes) for votes in grid.votes]
    for path, number in shown.items():
        for option, first, last in grid.stands(path):
            for count in range(first, last + 1):
                rest[count - 1][option] -= number
    return [[[option, number] for option, number in sorted(votes.items())] for votes in rest]


def published(rows: Ballots, runoffs: Sequence[Runoff]) -> list[dict[str, Any]]:
    """The paths of every runoff as plain data, most frequent first, each with the others it leaves, count by count."""
    seen: dict[Path, list[int]] = {}
    found = []
    for runoff in runoffs:
        grid = Grid(runoff=runoff)
        shown = kept(walked(rows, runoff), grid, seen)
        for path, number in shown.items():
            seen.setdefault(path, []).append(number)
        rows_shown = sorted(shown.items(), key=lambda each: (-each[1], each[0]))
        paths = [{"options": list(path), "ballots": number} for path, number in rows_shown]
        found.append({"number": runoff.number, "paths": paths, "others": others(shown, grid)})
    return found
