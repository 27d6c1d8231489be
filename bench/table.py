"""The table that `make bench` prints: seconds, ratios and memory at each size, beside the figure to reach."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.runs import LOOP, PABUTOOLS, Run, Runs, installed

FIRST, CELL = 46, 14


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line: what was measured, its cell for each size, and the figure to reach if there is one."""

    label: str
    cells: Mapping[int, str]
    aim: str = ""


@dataclass(frozen=True, kw_only=True)
class Duel:
    """A piece of ours and one of somebody else's that does the same."""

    label: str
    ours: str
    module: str
    theirs: str
    name: str
    aim: str


DUELS = (
    Duel(
        label="Shared budget, shared phase",
        ours="shared-phase",
        module=PABUTOOLS,
        theirs="pb-ear",
        name="pabutools PB-EAR",
        aim="≥ 400×",
    ),
    Duel(
        label="Equal shares, without runoffs",
        ours="equal-phase",
        module=PABUTOOLS,
        theirs="equal-shares",
        name="pabutools equal shares",
        aim="≥ 100×",
    ),
    Duel(
        label="Ranked-choice rounds",
        ours="runoffs",
        module=LOOP,
        theirs="runoffs",
        name="pyrankvote, a runoff after another",
        aim="≥ 40×",
    ),
)


def counts(runs: Runs, sizes: Sequence[int], largest: int | None) -> list[Row]:
    """Whole counts from a closed set on disk, up to the largest size: seconds, memory, growth."""
    rows = []
    for rule, aim in (("shared-budget", "< 2 s of 1,000,000"), ("equal-shares", "")):
        measured = {size: runs.ours(rule, size) for size in (*sizes, *([largest] if largest else []))}
        rows += [
            Row(label=f"Closed set → result, {rule}", cells=_of(measured, lambda run: seconds(run.wall)), aim=aim),
            Row(label="  processor", cells=_of(measured, lambda run: seconds(run.processor))),
            Row(
                label="  memory",
                cells=_of(measured, lambda run: f"{run.megabytes:.0f} MB"),
                aim="< 400 MB of 1,000,000",
            ),
        ]
        if largest:
            growth = measured[largest].processor / measured[sizes[-1]].processor
            rows.append(Row(label=f"  times {sizes[-1]:,}", cells={largest: f"{growth:.1f}×"}, aim="≤ 12×"))
    return rows


def duel(runs: Runs, sizes: Sequence[int], of: Duel) -> list[Row]:
    """Our piece and theirs at each size they finish at, and how many times faster ours is."""
    ours = {size: runs.ours(of.ours, size) for size in sizes}
    theirs = {size: runs.theirs(of.module, of.theirs, size) for size in sizes}
    cells = {size: _their_cell(runs, of, size, run) for size, run in theirs.items()}
    met = {size: run for size, run in theirs.items() if run is not None}
    ratios = {size: f"{run.processor / ours[size].processor:.0f}×" for size, run in met.items()}
    rows = [
        Row(label=of.label, cells=_of(ours, lambda run: seconds(run.processor))),
        Row(label=f"  {of.name}", cells=cells),
        Row(label="  times faster", cells=ratios, aim=of.aim),
        Row(label="  funded", cells=_of(ours, lambda run: str(len(run.facts["funded"])))),
    ]
    if of.theirs == "equal-shares":
        rows.append(Row(label="  the same winners", cells={size: _same(ours[size], run) for size, run in met.items()}))
    return rows


def text(rows: Sequence[Row], sizes: Sequence[int]) -> str:
    """The table as lines for a terminal."""
    head = "Ballots".ljust(FIRST) + "".join(f"{size:,}".rjust(CELL) for size in sizes) + "   to reach"
    lines = [
        row.label.ljust(FIRST) + "".join(row.cells.get(size, "").rjust(CELL) for size in sizes) + f"   {row.aim}"
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in (head, *lines)) + "\n"


def seconds(number: float) -> str:
    """Seconds as they are read: three digits below ten."""
    return f"{number:.3f} s" if number < 10 else f"{number:.0f} s"


def _of(measured: Mapping[int, Run], cell: Callable[[Run], str]) -> dict[int, str]:
    return {size: cell(run) for size, run in measured.items()}


def _their_cell(runs: Runs, of: Duel, size: int, run: Run | None) -> str:
    if run is not None:
        return seconds(run.processor)
    if not installed(of.module):
        return "not installed"
    expected = runs.expected(of.module, of.theirs, size)
    return "not run" if expected is None else f"(about {expected:.0f} s)"


def _same(ours: Run, theirs: Run) -> str:
    if set(ours.facts["funded"]) == set(theirs.facts["funded"]):
        return "yes"
    if ours.facts["ties"]:
        return "no, a tie"
    raise AssertionError(f"other winners than pabutools' on {ours.size} ballots without a tie")
