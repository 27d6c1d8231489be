"""Any file of ranked ballots, known by the end of its name: .pb with money, .blt and .csv without."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.voting.counting.formats import blt, grouped_csv, pabulib
from app.voting.counting.formats.lines import BadFile, cents_of, decode
from app.voting.counting.formats.ranked_files import RankedFile, from_vote
from app.voting.counting.records import Vote

READERS: Mapping[str, Callable[[bytes], RankedFile]] = {".blt": blt.read, ".csv": grouped_csv.read}
WRITERS: Mapping[str, Callable[[RankedFile], bytes]] = {".blt": blt.write, ".csv": grouped_csv.write}


class NoMoney(ValueError):
    """The file has no costs and no pot, and what was asked for needs them."""


@dataclass(frozen=True, kw_only=True)
class Money:
    """What a file of rankings alone does not say: the pot, and the cost of every option by its id, in cents."""

    pot_cents: int
    costs: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A read file: its vote, and its rankings alone where it carries no money.

    Without money the vote is one instant runoff. `warnings` name what is odd but decides nothing.
    """

    vote: Vote
    warnings: tuple[str, ...]
    ranked: RankedFile | None = None
    meta: Mapping[str, str] | None = None

    def with_money(self, money: Money) -> Vote:
        """The vote with a pot and costs given beside the file; BadVote where they leave their bounds."""
        if self.ranked is None:
            raise ValueError("the file has its own costs and pot")
        return self.ranked.priced(money.pot_cents, money.costs)


def load(suffix: str, data: bytes) -> Loaded:
    """Read a file by the end of its name (whatever is not .blt or .csv is read as .pb); BadFile as its reader says."""
    if suffix.lower() in READERS:
        file = READERS[suffix.lower()](data)
        return Loaded(vote=file.one_runoff(), warnings=file.warnings, ranked=file)
    found = pabulib.read(data)
    return Loaded(vote=found.vote, warnings=found.warnings, meta=found.meta)


def converted(loaded: Loaded, suffix: str, money: Money | None) -> bytes:
    """The same ballots in the format of that name; NoMoney where a .pb file would lack pot and costs.

    Costs and pot of a .pb file are left behind in the others; rankings alone get their numbers as project ids.
    ValueError for what a format cannot carry.
    """
    if suffix.lower() in WRITERS:
        return WRITERS[suffix.lower()](loaded.ranked or from_vote(loaded.vote))
    if loaded.ranked is None:
        return pabulib.write(loaded.vote, loaded.meta or {})
    if money is None:
        raise NoMoney
    priced = loaded.with_money(money)
    numbered = replace(priced, options=tuple(replace(option, id=str(option.number)) for option in priced.options))
    return pabulib.write(numbered, {"description": loaded.ranked.title} if loaded.ranked.title else {})


def costs_of(data: bytes, ids: Sequence[str]) -> dict[str, int]:
    """Costs in cents from CSV lines `id,cost`, one for each id; BadFile with the line for anything else."""
    text = decode(data)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    costs: dict[str, int] = {}
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                id_, cents = _cost(cells, ids, reader.line_num)
                if id_ in costs:
                    raise BadFile(reader.line_num, f"a second cost for {id_}")
                costs[id_] = cents
    except csv.Error as error:
        raise BadFile(max(reader.line_num, 1), f"this is not CSV: {error}") from error
    missing = [id_ for id_ in ids if id_ not in costs]
    if missing:
        raise BadFile(reader.line_num + 1, f"the costs end without {missing[0]} ({len(missing)} missing)")
    return costs


def lot_order(lines: Sequence[str], vote: Vote) -> Vote:
    """The vote with the lot order of these lines, an option's id each; BadFile where they are no permutation."""
    numbers = {option.id: option.number for option in vote.options}
    order: dict[int, int] = {}
    line = 0
    for line, id_ in enumerate(lines, start=1):
        if not id_:
            continue
        if id_ not in numbers:
            raise BadFile(line, f"the lot order names project {id_!r}, which is not in the vote")
        if numbers[id_] in order:
            raise BadFile(line, f"the lot order names project {id_} twice, first in line {order[numbers[id_]]}")
        order[numbers[id_]] = line
    missing = [option.id for option in vote.options if option.number not in order]
    if missing:
        raise BadFile(line + 1, f"the lot order ends without project {missing[0]} ({len(missing)} missing)")
    return replace(vote, lot_order=tuple(order))


def _cost(cells: Sequence[str], ids: Sequence[str], line: int) -> tuple[str, int]:
    if len(cells) != 2:
        raise BadFile(line, f"{len(cells)} cells, but a line of costs is an id and its cost")
    id_, cost = cells[0].strip(), cells[1].strip()
    if id_ not in ids:
        raise BadFile(line, f"{id_!r} is not in the vote")
    return id_, cents_of(cost, line, "cost")
