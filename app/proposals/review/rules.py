"""What a review can decide, the typed reasons it can give, and what must come with it."""

from collections.abc import Mapping
from enum import StrEnum

from app.proposals.rules import Stage, can_become


class Decision(StrEnum):
    """What an officer decided."""

    FEASIBLE = "feasible"
    NEEDS_CHANGES = "needs_changes"
    NOT_FEASIBLE = "not_feasible"


class Reason(StrEnum):
    """Why, as a typed word; the officer's own sentence stands beside it."""

    MEETS_CRITERIA = "meets_criteria"
    UNCLEAR = "unclear"
    COST_UNKNOWN = "cost_unknown"
    OUTSIDE_AREA = "outside_area"
    NOT_OURS_TO_DECIDE = "not_ours_to_decide"
    AGAINST_THE_LAW = "against_the_law"
    COSTS_MORE_THAN_POT = "costs_more_than_pot"
    ALREADY_PLANNED = "already_planned"


class WhyNot(StrEnum):
    """Why a finding cannot stand as it is."""

    STAGE = "stage"
    REASON = "reason"
    NO_COST = "no_cost"
    DEARER_THAN_POT = "dearer_than_pot"
    NO_IMPACT_NOTE = "no_impact_note"


REASONS_FOR: Mapping[Decision, tuple[Reason, ...]] = {
    Decision.FEASIBLE: (Reason.MEETS_CRITERIA,),
    Decision.NEEDS_CHANGES: (Reason.UNCLEAR, Reason.COST_UNKNOWN, Reason.OUTSIDE_AREA),
    Decision.NOT_FEASIBLE: (
        Reason.OUTSIDE_AREA,
        Reason.NOT_OURS_TO_DECIDE,
        Reason.AGAINST_THE_LAW,
        Reason.COSTS_MORE_THAN_POT,
        Reason.ALREADY_PLANNED,
    ),
}
STAGE_AFTER: Mapping[Decision, Stage] = {decision: Stage(decision.value) for decision in Decision}


def can_be_decided(stage: Stage, decision: Decision) -> bool:
    """Whether a proposal in `stage` may be found so; the same finding again is welcome when it brings a new price."""
    return can_become(stage, STAGE_AFTER[decision]) or stage is STAGE_AFTER[decision] is Stage.FEASIBLE


def why_not(
    stage: Stage,
    decision: Decision,
    reason: Reason,
    *,
    cost_cents: int | None,
    spendable_cents: int,
    watches_people: bool = False,
    impact_note: str = "",
) -> WhyNot | None:
    """The first thing that keeps a finding from standing, or None.

    A feasible proposal needs a price that the pot can pay (domain rule 9) and, where it watches people, a note of what
    that means for them (domain rule 33).
    """
    if not can_be_decided(stage, decision):
        return WhyNot.STAGE
    if reason not in REASONS_FOR[decision]:
        return WhyNot.REASON
    if decision is not Decision.FEASIBLE:
        return None
    if not cost_cents:
        return WhyNot.NO_COST
    if cost_cents > spendable_cents:
        return WhyNot.DEARER_THAN_POT
    return WhyNot.NO_IMPACT_NOTE if watches_people and not impact_note else None
