"""Ranked votes in Pabulib's .pb format: read whole or refused with a line number, and written for others to count."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from app.voting.counting.formats.lines import (
    BadFile,
    Row,
    Section,
    cells_of,
    cents_of,
    decode,
    one_line,
    rows,
    sections,
    whole_of,
)
from app.voting.counting.records import MOST_OPTIONS, BadVote, Ballots, Option, Vote, ballot_matrix, in_order
from app.voting.counting.state import without

META_ORDER = (
    *("description", "country", "unit", "district", "subunit", "instance", "num_projects", "num_votes", "budget"),
    *("vote_type", "rule", "date_begin", "date_end", "min_length", "max_length", "edition", "language", "currency"),
    "comment",
)
"""The order in which the format names what stands in META; other keys come after these."""


class NotRanked(BadFile):
    """The file holds approvals, points or scores: nothing about them says how its voters would rank."""


@dataclass(frozen=True, kw_only=True)
class PbFile:
    """A read file: the vote (lot order = order of projects), META as it stands, and every project's own cells.

    `lines` tells where each key of META stands. `warnings` name what is odd but does not change the count, such as a
    wrong num_votes.
    """

    vote: Vote
    meta: Mapping[str, str]
    lines: Mapping[str, int]
    cells: tuple[Mapping[str, str], ...]
    warnings: tuple[str, ...]


def read(data: bytes) -> PbFile:
    """Read a ranked (ordinal) .pb file: UTF-8, costs in currency units with up to two decimals.

    Tolerates a byte order mark, CRLF, blank lines, missing optional columns and unknown META keys. Raises BadFile with
    the line and the reason for everything else; nothing is half read. Source: Counting, "Files".
    """
    parts = sections(decode(data))
    meta = meta_of(parts["META"])
    _ensure_ranked(meta["vote_type"])
    pot = pot_of(meta)
    projects = list(rows(parts["PROJECTS"], ("project_id", "cost")))
    options = options_of(projects)
    most = _most_ranks(meta)
    rankings = list(_rankings(rows(parts["VOTES"], ("vote",)), options, most))
    max_ranks = most or max(map(len, rankings), default=0) or 1
    ballots = ballot_matrix(rankings, max(1, min(max_ranks, len(options))))
    lot = tuple(option.number for option in options)
    vote = _vote(pot, options, max_ranks, in_order(ballots), lot, parts["VOTES"].line)
    return PbFile(
        vote=vote,
        meta=MappingProxyType({key: row.cells["value"] for key, row in meta.items()}),
        lines=MappingProxyType({key: row.line for key, row in meta.items()}),
        cells=tuple(MappingProxyType(dict(row.cells)) for row in projects),
        warnings=tuple(_warnings(meta, vote)),
    )


def write(vote: Vote, meta: Mapping[str, str], funded: Collection[int] | None = None) -> bytes:
    """The vote as a .pb file; `meta` adds or replaces lines such as description and country.

    With `funded`, the numbers of the options that won, each project says whether it was selected.

    Ballots stand in the order of their bytes, numbered from 1, so that neither order nor number tells who cast one.
    The format has no word for a withdrawn option: it is neither listed nor ranked, and lower ranks move up, so that
    whoever counts the file counts without it. Raises ValueError for an option id the format cannot carry.
    """
    if any(not option.id or set(option.id) & set(",\r\n") for option in vote.options):
        raise ValueError("a project id in a .pb file is one line without commas")
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\n")
    table.writerows([("META",), ("key", "value"), *_meta_lines(vote, meta).items()])
    more = () if funded is None else ("selected",)
    table.writerows([("PROJECTS",), ("project_id", "cost", "votes", "name", *more)])
    ballots = _without_the_withdrawn(vote)
    ranked = np.bincount(ballots.ravel(), minlength=len(vote.options) + 1).tolist()
    for option in _listed(vote):
        won = () if funded is None else (int(option.number in funded),)
        table.writerow((option.id, units(option.cost_cents), ranked[option.number], one_line(option.title), *won))
    table.writerows([("VOTES",), ("voter_id", "vote")])
    ids = [option.id for option in vote.options]
    for number, row in enumerate(in_order(ballots).tolist(), start=1):
        table.writerow((number, ",".join(ids[choice - 1] for choice in row if choice)))
    return out.getvalue().encode()


def units(cents: int) -> str:
    """Cents as currency units: whole where they are whole, else with two decimals."""
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02d}"


def meta_of(section: Section) -> dict[str, Row]:
    """META by key, each line a row with its value; BadFile where vote_type or budget is missing."""
    meta: dict[str, Row] = {}
    for line, text in section.lines:
        key, _, value = text.partition(";")
        key, value = key.strip().lower(), next(iter(cells_of(value.strip())), "") if '"' in value else value.strip()
        if key == "key" and value.lower() == "value":
            continue
        if key in meta:
            raise BadFile(line, f"{key} is given twice")
        meta[key] = Row(line=line, cells={"value": value})
    for key in ("vote_type", "budget"):
        if key not in meta:
            raise BadFile(section.line, f"META has no {key}")
    return meta


def pot_of(meta: Mapping[str, Row]) -> int:
    """The budget in cents."""
    return cents_of(meta["budget"].cells["value"], meta["budget"].line, "budget")


def named(row: Row) -> list[str]:
    """The project ids a vote names, in their order."""
    return [name.strip() for name in row.cells["vote"].split(",")] if row.cells["vote"] else []


def numbers_of(names: Sequence[str], options: Mapping[str, int], line: int) -> tuple[int, ...]:
    """The option numbers of the named projects; BadFile for an unknown one and for one named twice."""
    unknown = next((name for name in names if name not in options), None)
    if unknown is not None:
        raise BadFile(line, f"the vote names project {unknown!r}, which is not listed")
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise BadFile(line, f"the vote names project {twice} twice")
    return tuple(options[name] for name in names)


def _ensure_ranked(kind: Row) -> None:
    if kind.cells["value"].lower() != "ordinal":
        reason = f"vote_type is {kind.cells['value']}: only ranked (ordinal) votes can be counted"
        raise NotRanked(kind.line, reason)


def _most_ranks(meta: Mapping[str, Row]) -> int | None:
    numbers = {key: whole_of(meta[key], key) for key in ("max_length", "num_votes", "num_projects") if key in meta}
    if numbers.get("max_length") == 0:
        raise BadFile(meta["max_length"].line, "max_length is 0")
    return numbers.get("max_length")


def options_of(projects: Sequence[Row]) -> tuple[Option, ...]:
    """The projects as options 1, 2, 3 … in the order of their lines."""
    options: dict[str, Option] = {}
    for number, row in enumerate(projects, start=1):
        id_ = row.cells["project_id"]
        if not id_ or "," in id_:
            raise BadFile(row.line, f"{id_!r} cannot be the id of a project")
        if id_ in options:
            raise BadFile(row.line, f"project {id_} is listed twice")
        if number > MOST_OPTIONS:
            raise BadFile(row.line, f"more than {MOST_OPTIONS} projects")
        cost = cents_of(row.cells["cost"], row.line, "cost")
        options[id_] = Option(number=number, id=id_, title=row.cells.get("name") or id_, cost_cents=cost)
    return tuple(options.values())


def _rankings(ballots: Iterator[Row], options: Sequence[Option], most: int | None) -> Iterator[tuple[int, ...]]:
    numbers = {option.id: option.number for option in options}
    for row in ballots:
        names = named(row)
        ranking = numbers_of(names, numbers, row.line)
        if most is not None and len(names) > most:
            raise BadFile(row.line, f"the vote ranks {len(names)} projects, but max_length is {most}")
        yield ranking


def _vote(
    pot: int, options: tuple[Option, ...], max_ranks: int, ballots: Ballots, lot: tuple[int, ...], line: int
) -> Vote:
    try:
        return Vote(pot_cents=pot, options=options, max_ranks=max_ranks, ballots=ballots, lot_order=lot)
    except BadVote as error:
        raise BadFile(line, str(error)) from error


def _warnings(meta: Mapping[str, Row], vote: Vote) -> Iterator[str]:
    for key, found in (("num_votes", len(vote.ballots)), ("num_projects", len(vote.options))):
        if key in meta and int(meta[key].cells["value"]) != found:
            yield f"line {meta[key].line}: {key} is {meta[key].cells['value']}, but the file has {found}"


def _listed(vote: Vote) -> list[Option]:
    return [option for option in vote.options if option.number not in vote.withdrawn]


def _without_the_withdrawn(vote: Vote) -> Ballots:
    """The ballots with withdrawn options struck; one that ranked nothing else stays as a blank one."""
    kept = without(vote.ballots, sorted(vote.withdrawn), len(vote.options))
    blank = np.zeros((len(vote.ballots) - len(kept), vote.ballots.shape[1]), dtype=vote.ballots.dtype)
    return np.vstack([kept, blank])


def _meta_lines(vote: Vote, meta: Mapping[str, str]) -> dict[str, str]:
    lines = {
        **{key: one_line(value) for key, value in meta.items()},
        "num_projects": str(len(_listed(vote))),
        "num_votes": str(len(vote.ballots)),
        "budget": units(vote.pot_cents),
        "vote_type": "ordinal",
        "max_length": str(min(vote.max_ranks, len(_listed(vote)) or 1)),
    }
    return {key: lines[key] for key in sorted(lines, key=_place)}


def _place(key: str) -> int:
    return META_ORDER.index(key) if key in META_ORDER else len(META_ORDER)
