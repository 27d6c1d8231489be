"""What a review can decide and the typed reasons it can give."""

from collections.abc import Mapping
from enum import StrEnum


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
