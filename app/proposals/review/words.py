"""Decisions, reasons and refusals of a review in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.review.rules import Decision, Reason, WhyNot

DECISIONS: Mapping[Decision, LazyString] = {
    Decision.FEASIBLE: _("It can be done"),
    Decision.NEEDS_CHANGES: _("It needs changes"),
    Decision.NOT_FEASIBLE: _("It cannot be done"),
}

REASONS: Mapping[Reason, LazyString] = {
    Reason.MEETS_CRITERIA: _("It meets the criteria"),
    Reason.UNCLEAR: _("It is not clear enough yet"),
    Reason.COST_UNKNOWN: _("Its cost cannot be worked out yet"),
    Reason.OUTSIDE_AREA: _("It lies outside the neighborhood"),
    Reason.NOT_OURS_TO_DECIDE: _("It is not ours to decide"),
    Reason.AGAINST_THE_LAW: _("The law does not allow it"),
    Reason.COSTS_MORE_THAN_POT: _("It costs more than the pot"),
    Reason.ALREADY_PLANNED: _("It is already planned or funded"),
}

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.STAGE: _("At its present stage this proposal cannot be decided that way."),
    WhyNot.REASON: _("This reason does not fit the decision. Please choose one that does."),
    WhyNot.NO_COST: _("A proposal that can be done needs its price. Please enter at least one amount."),
    WhyNot.DEARER_THAN_POT: _("This is more than the pot can pay, so it cannot be found feasible at this price."),
    WhyNot.NO_IMPACT_NOTE: _("It watches people, so residents need to read what that means for them."),
}
