"""When one proposal may join another, and how a request to do so, or to split one, ends."""

from dataclasses import dataclass
from enum import StrEnum

from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage, can_become, open_to_change


class Ending(StrEnum):
    """How a request to join or to split ended."""

    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


class WhyNot(StrEnum):
    """Why two proposals cannot be joined."""

    ITSELF = "itself"
    OTHER_CYCLE = "other_cycle"
    BALLOT_FIXED = "ballot_fixed"
    STAGE = "stage"
    OTHER_STAGE = "other_stage"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A proposal as far as joining asks."""

    id: int
    cycle_id: int
    stage: Stage


def can_take_part(stage: Stage) -> bool:
    """Whether a proposal in `stage` may join or take in another: public, not judged unfeasible, and not gone."""
    return can_become(stage, Stage.MERGED)


def why_not_join(joining: Candidate, into: Candidate, cycle_stage: CycleStage) -> WhyNot | None:
    """The first reason why `joining` cannot become part of `into`, or None."""
    if joining.id == into.id:
        return WhyNot.ITSELF
    if joining.cycle_id != into.cycle_id:
        return WhyNot.OTHER_CYCLE
    if not open_to_change(cycle_stage):
        return WhyNot.BALLOT_FIXED
    if not can_take_part(joining.stage):
        return WhyNot.STAGE
    return None if can_take_part(into.stage) else WhyNot.OTHER_STAGE
