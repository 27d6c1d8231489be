"""Votes in .pb files that are not ranked (approvals, points, scores): read for comparison, by their own rule alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.voting.counting.formats.lines import BadFile, Row, decode, rows, sections, whole_of
from app.voting.counting.formats.pabulib import meta_of, named, numbers_of, options_of, pot_of
from app.voting.counting.records import Option

APPROVALS = ("approval", "choose-1")
POINTS = ("cumulative", "scoring")

_POINTS = re.compile(r"-?[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class ScoredFile:
    """A vote that says how much, not in which order: what each option got, by number from 1, and no ballot for a count.

    `kind` is the file's vote_type; `given` are approvals or points; `selected` is what the file says was funded.
    """

    kind: str
    pot_cents: int
    options: tuple[Option, ...]
    ballots: int
    given: tuple[int, ...]
    selected: frozenset[int]
    warnings: tuple[str, ...]

    def greedy(self) -> list[Option]:
        """In order of what they got (equal ones in the file's order), every option that something was given to and that
        still fits into the pot: the rule most cities use for such ballots, and none of ours."""
        left, funded = self.pot_cents, []
        for option in sorted(self.options, key=lambda option: -self.given[option.number - 1]):
            if self.given[option.number - 1] > 0 and option.cost_cents <= left:
                left -= option.cost_cents
                funded.append(option)
        return funded


def read_scored(data: bytes) -> ScoredFile:
    """Read an approval, choose-1, cumulative or scoring .pb file; BadFile with the line for everything it must not be.

    An approval gives one; cumulative and scoring votes give whole points in a column `points`, one for each project.
    """
    parts = sections(decode(data))
    meta = meta_of(parts["META"])
    kind = meta["vote_type"].cells["value"].lower()
    if kind not in APPROVALS + POINTS:
        raise BadFile(meta["vote_type"].line, f"vote_type is {kind}: it has no rule of its own here")
    projects = list(rows(parts["PROJECTS"], ("project_id", "cost")))
    options = options_of(projects)
    most = whole_of(meta["max_sum_points"], "max_sum_points") if "max_sum_points" in meta else None
    numbers = {option.id: option.number for option in options}
    given = [0] * len(options)
    votes = list(rows(parts["VOTES"], ("vote",) if kind in APPROVALS else ("vote", "points")))
    for row in votes:
        for number, points in _given(row, numbers, kind, most):
            given[number - 1] += points
    return ScoredFile(
        kind=kind,
        pot_cents=pot_of(meta),
        options=options,
        ballots=len(votes),
        given=tuple(given),
        selected=frozenset(o.number for o, row in zip(options, projects, strict=True) if _is_selected(row)),
        warnings=tuple(_warnings(meta, len(votes))),
    )


def _given(row: Row, options: Mapping[str, int], kind: str, most: int | None) -> Iterable[tuple[int, int]]:
    names = named(row)
    numbers = numbers_of(names, options, row.line)
    if kind in APPROVALS:
        if kind == "choose-1" and len(names) > 1:
            raise BadFile(row.line, f"the vote names {len(names)} projects, but vote_type is choose-1")
        return ((number, 1) for number in numbers)
    cells = [cell.strip() for cell in row.cells["points"].split(",")] if row.cells["points"] else []
    wrong = next((cell for cell in cells if not _POINTS.fullmatch(cell)), None)
    if wrong is not None:
        raise BadFile(row.line, f"points {wrong!r} are not a whole number")
    if len(cells) != len(names):
        raise BadFile(row.line, f"the vote names {len(names)} projects, but gives points to {len(cells)}")
    points = list(map(int, cells))
    if most is not None and sum(points) > most:
        raise BadFile(row.line, f"the vote gives {sum(points)} points, but max_sum_points is {most}")
    return zip(numbers, points, strict=True)


def _is_selected(row: Row) -> bool:
    return row.cells.get("selected", "") == "1"


def _warnings(meta: dict[str, Row], ballots: int) -> Iterator[str]:
    if "num_votes" in meta and whole_of(meta["num_votes"], "num_votes") != ballots:
        line, said = meta["num_votes"].line, meta["num_votes"].cells["value"]
        yield f"line {line}: num_votes is {said}, but the file has {ballots}"
