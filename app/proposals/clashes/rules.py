"""Which proposals can be flagged as incompatible, and which flags keep a ballot from being fixed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage, can_become, open_to_change

GOING_ON = frozenset(stage for stage in Stage if can_become(stage, Stage.MERGED))
"""Stages from which a proposal may still reach the ballot without a new finding in its favor."""


class WhyNot(StrEnum):
    """Why two proposals cannot be flagged."""

    ITSELF = "itself"
    BALLOT_FIXED = "ballot_fixed"
    STAGE = "stage"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two proposals flagged as incompatible, by id."""

    first_id: int
    second_id: int


def ordered(one: int, other: int) -> Pair:
    """A pair is the same whichever of the two it was flagged at."""
    return Pair(first_id=min(one, other), second_id=max(one, other))


def why_not_flag(pair: Pair, stages: Collection[Stage], cycle_stage: CycleStage) -> WhyNot | None:
    """The first reason why two proposals in these stages cannot be flagged, or None."""
    if pair.first_id == pair.second_id:
        return WhyNot.ITSELF
    if not open_to_change(cycle_stage):
        return WhyNot.BALLOT_FIXED
    return None if set(stages) <= GOING_ON else WhyNot.STAGE


def both_on_ballot(pairs: Iterable[Pair], feasible: Collection[int]) -> list[Pair]:
    """The pairs of which both would stand on a ballot of `feasible` proposals; there must be none."""
    return [pair for pair in pairs if pair.first_id in feasible and pair.second_id in feasible]
