"""Why a plan cannot stand, in sentences."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.cycles.plans.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.BALLOT_FIXED: _("The ballot of this cycle is fixed, so what it asks before that can no longer change."),
    WhyNot.HALF: _("Give the prices phase both its first and its last day, or neither."),
    WhyNot.ENDS_FIRST: _("The last day cannot come before the first."),
    WhyNot.OUTSIDE: _(
        "The prices phase lies after the first day of the review and ends before the first day of voting."
    ),
    WhyNot.BEGUN: _("The prices phase has begun. Residents were promised these days: it can only be given more."),
    WhyNot.TEXTS_TOO_LATE: _("Authors answer before the first day of voting."),
}
FIELD = {
    WhyNot.HALF: "prices_last",
    WhyNot.ENDS_FIRST: "prices_last",
    WhyNot.OUTSIDE: "prices_first",
    WhyNot.BEGUN: "prices_last",
    WhyNot.TEXTS_TOO_LATE: "texts_last",
}
