"""Prices and objections in sentences."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.prices.rules import Outcome, WhyNot

OUTCOMES: Mapping[Outcome, LazyString] = {
    Outcome.KEPT: _("The price stays"),
    Outcome.CHANGED: _("The price was changed by a new costing"),
}

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NO_PHASE: _("This cycle has no days on which prices are objected to."),
    WhyNot.NOT_ON: _("Prices can be objected to only on the days of the prices phase."),
    WhyNot.NO_PRICE: _("Officers have published no price for this proposal."),
    WhyNot.OBJECTED_BEFORE: _("You have objected to this price already. It is answered here."),
    WhyNot.BALLOT_FIXED: _("The ballot of this cycle is fixed, so its prices stand."),
    WhyNot.ANSWERED: _("This objection is answered already."),
    WhyNot.OWN: _("This is your own objection. Another officer answers it."),
    WhyNot.NO_NEW_COSTING: _("The price has not changed yet. Publish a new costing first, then answer."),
}
