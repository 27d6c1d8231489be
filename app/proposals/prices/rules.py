"""Who can object to a price and when, and how an objection can be answered."""

from datetime import datetime
from enum import StrEnum

from app.cycles.plans.rules import prices_on
from app.cycles.rules import PlanFacts
from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage

LEAST_REASON, MOST_REASON = 20, 2000


class Outcome(StrEnum):
    """What an officer answered."""

    KEPT = "kept"
    CHANGED = "changed"


class WhyNot(StrEnum):
    """Why a price cannot be objected to, or an objection not be answered so."""

    NO_PHASE = "no_phase"
    NOT_ON = "not_on"
    NO_PRICE = "no_price"
    OBJECTED_BEFORE = "objected_before"
    BALLOT_FIXED = "ballot_fixed"
    ANSWERED = "answered"
    OWN = "own"
    NO_NEW_COSTING = "no_new_costing"


def why_not_object(
    stage: Stage,
    *,
    plan: PlanFacts | None,
    cycle_stage: CycleStage,
    costing_id: int | None,
    before: bool,
    now: datetime,
) -> WhyNot | None:
    """Why this price cannot be objected to at `now`, or None; `before`: this person has objected to this very price."""
    if plan is None or plan.prices_from is None:
        return WhyNot.NO_PHASE
    if cycle_stage is not CycleStage.REVIEWING or not prices_on(plan, now):
        return WhyNot.NOT_ON
    if stage is not Stage.FEASIBLE or costing_id is None:
        return WhyNot.NO_PRICE
    return WhyNot.OBJECTED_BEFORE if before else None


def why_not_answer(
    outcome: Outcome, *, answered: bool, is_own: bool, is_open: bool, costing_id: int, newest_costing_id: int | None
) -> WhyNot | None:
    """Why an objection cannot be answered so, or None: a price is changed by a costing that is newer than the one
    objected to."""
    if answered:
        return WhyNot.ANSWERED
    if is_own:
        return WhyNot.OWN
    if not is_open:
        return WhyNot.BALLOT_FIXED
    has_new = newest_costing_id is not None and newest_costing_id > costing_id
    return WhyNot.NO_NEW_COSTING if outcome is Outcome.CHANGED and not has_new else None
