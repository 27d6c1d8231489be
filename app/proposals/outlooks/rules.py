"""When an outlook may be said, and what it must hold."""

from datetime import date
from enum import StrEnum

from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage

MOST_LEAD = 160
"""Characters of the name of an organization."""
SAID_OF = frozenset({Stage.FEASIBLE, Stage.ON_BALLOT})
SAID_WHILE = frozenset({CycleStage.COLLECTING, CycleStage.REVIEWING, CycleStage.BALLOT_FIXED, CycleStage.VOTING})
"""Until voting is over: an outlook tells voters what to expect and decides nothing."""


class WhyNot(StrEnum):
    """Why an outlook is not taken."""

    STAGE = "stage"
    OVER = "over"
    BACKWARDS = "backwards"
    PAST = "past"


def may_be_said(stage: Stage, cycle_stage: CycleStage) -> bool:
    """Whether there is anything to expect: it was found feasible, and the vote is not over."""
    return stage in SAID_OF and cycle_stage in SAID_WHILE


def why_not(stage: Stage, cycle_stage: CycleStage, *, starts_on: date, ends_on: date, today: date) -> WhyNot | None:
    """The first reason not to take an outlook, or None."""
    if stage not in SAID_OF:
        return WhyNot.STAGE
    if cycle_stage not in SAID_WHILE:
        return WhyNot.OVER
    if ends_on < starts_on:
        return WhyNot.BACKWARDS
    return WhyNot.PAST if starts_on < today else None
