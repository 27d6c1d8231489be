"""Why an outlook is not taken, in words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.proposals.outlooks.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.STAGE: _l("Only what officers found feasible has days to expect."),
    WhyNot.OVER: _l("Voting is over: from now on its task force says the days."),
    WhyNot.BACKWARDS: _l("The last day cannot come before the first."),
    WhyNot.PAST: _l("The first day has passed already. Say one that is still to come."),
}
