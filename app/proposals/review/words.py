"""Decisions, reasons and refusals of a review in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.review.rules import Decision, Heap, Money, Reason, Reply, WhyNot

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
    WhyNot.NO_SOURCE: _("Residents should see where each amount comes from. Please fill in its source."),
    WhyNot.NO_PAYER: _("Please say who pays what it costs in later years."),
    WhyNot.DEARER_THAN_POT: _("This is more than the pot can pay, so it cannot be found feasible at this price."),
    WhyNot.NO_IMPACT_NOTE: _("It watches people, so residents need to read what that means for them."),
    WhyNot.UNANSWERED: _("Please answer each question of the checklist with a sentence."),
    WhyNot.NO_DATE: _("Please give its author between 3 and 60 days to answer."),
    WhyNot.CLOCK_RUNS: _("Its author still has time to answer. Until then it cannot be turned down."),
}

MONEY: Mapping[Money, LazyString] = {
    Money.CAPITAL: _("Something that stays"),
    Money.RUNNING: _("A year of keeping it going"),
}

REPLIES: Mapping[Reply, LazyString] = {
    Reply.YES: _("Yes"),
    Reply.NO: _("No"),
    Reply.NOT_APPLICABLE: _("Does not apply"),
}

HEAPS: Mapping[Heap, LazyString] = {
    Heap.WAITING: _("Waiting for review"),
    Heap.MINE: _("Mine, still to be decided"),
    Heap.UNASSIGNED: _("Without a reviewer"),
    Heap.SECOND: _("Waiting for a second officer"),
    Heap.CHANGES: _("Waiting for their authors"),
    Heap.LOOKS: _("With a second look to answer"),
    Heap.FEASIBLE: _("Can be done"),
    Heap.NOT_FEASIBLE: _("Cannot be done"),
}
