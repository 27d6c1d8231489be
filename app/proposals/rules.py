"""Stages of a proposal and what may follow what."""

from collections.abc import Mapping
from enum import StrEnum


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


NEXT: Mapping[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.SUBMITTED, Stage.WITHDRAWN}),
    Stage.SUBMITTED: frozenset({Stage.NEEDS_CHANGES, Stage.FEASIBLE, Stage.NOT_FEASIBLE, Stage.WITHDRAWN}),
    Stage.NEEDS_CHANGES: frozenset({Stage.SUBMITTED, Stage.WITHDRAWN}),
    Stage.FEASIBLE: frozenset({Stage.NEEDS_CHANGES, Stage.NOT_FEASIBLE, Stage.ON_BALLOT, Stage.WITHDRAWN}),
    Stage.NOT_FEASIBLE: frozenset({Stage.FEASIBLE}),
    Stage.WITHDRAWN: frozenset(),
    Stage.ON_BALLOT: frozenset({Stage.FUNDED, Stage.NOT_FUNDED}),
    Stage.FUNDED: frozenset(),
    Stage.NOT_FUNDED: frozenset(),
}

PUBLIC = frozenset(Stage) - {Stage.DRAFT}


def can_become(stage: Stage, next_stage: Stage) -> bool:
    """Whether a proposal may go from `stage` to `next_stage`."""
    return next_stage in NEXT[stage]


def code(year: int, number: int) -> str:
    """The public id of a proposal, for example 2026-P014."""
    return f"{year}-P{number:03d}"
