"""Stages of a proposal, what may follow what, and what is still open to change."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.cycles.rules import Stage as CycleStage


class Stage(StrEnum):
    """Where a proposal is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    NEEDS_CHANGES = "needs_changes"
    FEASIBLE = "feasible"
    NOT_FEASIBLE = "not_feasible"
    WITHDRAWN = "withdrawn"
    ON_BALLOT = "on_ballot"
    FUNDED = "funded"
    NOT_FUNDED = "not_funded"


class Sort(StrEnum):
    """How a list of proposals is ordered."""

    SHUFFLED = "shuffled"
    NEWEST = "newest"
    COST = "cost"
    TITLE = "title"


JUDGED = frozenset({Stage.NEEDS_CHANGES, Stage.FEASIBLE, Stage.NOT_FEASIBLE})

NEXT: Mapping[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.SUBMITTED, Stage.WITHDRAWN}),
    Stage.SUBMITTED: JUDGED | {Stage.WITHDRAWN},
    Stage.NEEDS_CHANGES: (JUDGED - {Stage.NEEDS_CHANGES}) | {Stage.SUBMITTED, Stage.WITHDRAWN},
    Stage.FEASIBLE: (JUDGED - {Stage.FEASIBLE}) | {Stage.ON_BALLOT, Stage.WITHDRAWN},
    Stage.NOT_FEASIBLE: (JUDGED - {Stage.NOT_FEASIBLE}) | {Stage.SUBMITTED},  # by a second look
    Stage.WITHDRAWN: frozenset(),
    Stage.ON_BALLOT: frozenset({Stage.FUNDED, Stage.NOT_FUNDED}),
    Stage.FUNDED: frozenset(),
    Stage.NOT_FUNDED: frozenset(),
}

PUBLIC = frozenset(Stage) - {Stage.DRAFT}
EDITABLE = frozenset({Stage.DRAFT, Stage.SUBMITTED, Stage.NEEDS_CHANGES})
BALLOTED = frozenset({Stage.ON_BALLOT, Stage.FUNDED, Stage.NOT_FUNDED})
OPEN_CYCLES = frozenset({CycleStage.COLLECTING, CycleStage.REVIEWING})
_CODE = re.compile(r"(\d{4})-p(\d{1,6})", re.IGNORECASE)


def can_become(stage: Stage, next_stage: Stage) -> bool:
    """Whether a proposal may go from `stage` to `next_stage`."""
    return next_stage in NEXT[stage]


def open_to_change(cycle_stage: CycleStage) -> bool:
    """Whether proposals of a cycle may still be edited, withdrawn or reviewed: until its ballot is fixed."""
    return cycle_stage in OPEN_CYCLES


def code(year: int, number: int) -> str:
    """The public id of a proposal, for example 2026-P014."""
    return f"{year}-P{number:03d}"


def read_code(text: str) -> tuple[int, int] | None:
    """The year and number behind something typed like 2026-P014, or None."""
    found = _CODE.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found else None


def shuffled(ids: Iterable[int], day: date) -> list[int]:
    """`ids` in an order nobody chose, the same for everybody for the whole of `day`."""
    return sorted(ids, key=lambda id_: hashlib.sha256(f"{day.isoformat()}|{id_}".encode()).digest())


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
