"""Stages of a proposal, what may follow what, and what is still open to change."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.cycles.rules import Stage as CycleStage


class Stage(StrEnum):
    """Where a proposal is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    NEEDS_CHANGES = "needs_changes"
    FEASIBLE = "feasible"
    NOT_FEASIBLE = "not_feasible"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ON_BALLOT = "on_ballot"
    FUNDED = "funded"
    NOT_FUNDED = "not_funded"


class WhyShut(StrEnum):
    """Why nobody comments on a proposal or supports it now."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"
    BALLOT_FIXED = "ballot_fixed"


class Sort(StrEnum):
    """How a list of proposals is ordered."""

    SHUFFLED = "shuffled"
    BEST = "best"
    NEWEST = "newest"
    SUPPORTED = "supported"
    COST = "cost"
    TITLE = "title"


JUDGED = frozenset({Stage.NEEDS_CHANGES, Stage.FEASIBLE, Stage.NOT_FEASIBLE})

LEFT = frozenset({Stage.WITHDRAWN, Stage.MERGED})
"""They keep their page, and stand in no list unless somebody asks for them."""

NEXT: Mapping[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.SUBMITTED, Stage.WITHDRAWN}),
    Stage.SUBMITTED: JUDGED | LEFT,
    Stage.NEEDS_CHANGES: (JUDGED - {Stage.NEEDS_CHANGES}) | LEFT | {Stage.SUBMITTED},
    Stage.FEASIBLE: (JUDGED - {Stage.FEASIBLE}) | LEFT | {Stage.ON_BALLOT},
    Stage.NOT_FEASIBLE: (JUDGED - {Stage.NOT_FEASIBLE}) | {Stage.SUBMITTED},  # by a second look
    Stage.WITHDRAWN: frozenset(),
    Stage.MERGED: frozenset(),
    Stage.ON_BALLOT: frozenset({Stage.FUNDED, Stage.NOT_FUNDED}),
    Stage.FUNDED: frozenset(),
    Stage.NOT_FUNDED: frozenset(),
}

PUBLIC = frozenset(Stage) - {Stage.DRAFT}
EDITABLE = frozenset({Stage.DRAFT, Stage.SUBMITTED, Stage.NEEDS_CHANGES})
BALLOTED = frozenset({Stage.ON_BALLOT, Stage.FUNDED, Stage.NOT_FUNDED})
LEAST: Mapping[str, int] = {"title": 5, "summary": 20, "need": 20, "place": 3, "gains": 3}
"""Characters that a proposal needs at least in each of its texts before it is sent."""
OPEN_CYCLES = frozenset({CycleStage.COLLECTING, CycleStage.REVIEWING})
_CODE = re.compile(r"(?:(\d{4})\s?[-–]?\s?)?p\s?(\d{1,6})", re.IGNORECASE | re.ASCII)
_PRIME = 2**31 - 1


def can_become(stage: Stage, next_stage: Stage) -> bool:
    """Whether a proposal may go from `stage` to `next_stage`."""
    return next_stage in NEXT[stage]


def open_to_change(cycle_stage: CycleStage) -> bool:
    """Whether proposals of a cycle may still be edited, withdrawn or reviewed: until its ballot is fixed."""
    return cycle_stage in OPEN_CYCLES


def shows_supports(cycle_stage: CycleStage, *, hides_supports: bool) -> bool:
    """Whether everybody is told how many support a proposal: before the ballot, where the cycle does not hide it."""
    return open_to_change(cycle_stage) and not hides_supports


def why_shut(*, is_sent: bool, stage: Stage, cycle_stage: CycleStage) -> WhyShut | None:
    """Why a proposal is not talked about now, or None: from when it is sent until its ballot is fixed."""
    if not is_sent:
        return WhyShut.DRAFT
    if stage is Stage.WITHDRAWN:
        return WhyShut.WITHDRAWN
    if not open_to_change(cycle_stage):
        return WhyShut.BALLOT_FIXED
    return WhyShut.JOINED if stage is Stage.MERGED else None


def code(year: int, number: int) -> str:
    """The public id of a proposal, for example 2026-P014."""
    return f"{year}-P{number:03d}"


def read_code(text: str, *, year: int | None = None) -> tuple[int, int] | None:
    """The year and number behind something typed like 2026-P014 (with a `year`, also P014), or None."""
    found = _CODE.fullmatch(text.strip())
    said = found and (found[1] or year)
    return (int(said), int(found[2])) if found and said else None


def lot(id_: Any, day: date) -> Any:
    """What `id_` draws on `day`: sorted by it, proposals stand in an order nobody chose, the same for everybody.

    Plain sums that fit into 64 bits, so that `id_` may be a number or a column and the database sorts as we would.
    """
    drawn = hashlib.sha256(day.isoformat().encode()).digest()
    first, second, third = (int.from_bytes(drawn[at : at + 8], "big") % _PRIME for at in (0, 8, 16))
    mixed = (id_ % _PRIME * first + second) % _PRIME
    mixed = (mixed * mixed + third) % _PRIME
    return (mixed * mixed + first) % _PRIME


def outcome_is_whole(funded: Collection[int], on_ballot: Collection[int]) -> bool:
    """Whether every proposal said to be funded was on this ballot."""
    return set(funded) <= set(on_ballot)


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """One line of an estimate or a costing: what for, and how much."""

    label: str
    amount_cents: int


def total_cents(lines: Iterable[CostLine]) -> int:
    """The sum of cost lines, in cents."""
    return sum(line.amount_cents for line in lines)
