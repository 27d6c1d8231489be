"""When a proposal may be split."""

from enum import StrEnum

from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage, can_become, open_to_change

LEAST_PARTS, MOST_PARTS = 2, 4


class WhyNot(StrEnum):
    """Why a proposal cannot be split."""

    BALLOT_FIXED = "ballot_fixed"
    STAGE = "stage"
    PARTS = "parts"


def can_be_split(stage: Stage, cycle_stage: CycleStage) -> bool:
    """Whether a proposal may be split now: public, not judged unfeasible, not gone, before the ballot is fixed."""
    return why_not_split(stage, cycle_stage, LEAST_PARTS) is None


def why_not_split(stage: Stage, cycle_stage: CycleStage, parts: int) -> WhyNot | None:
    """The first reason why a proposal cannot become so many parts, or None."""
    if not open_to_change(cycle_stage):
        return WhyNot.BALLOT_FIXED
    if not can_become(stage, Stage.MERGED):
        return WhyNot.STAGE
    return None if LEAST_PARTS <= parts <= MOST_PARTS else WhyNot.PARTS
