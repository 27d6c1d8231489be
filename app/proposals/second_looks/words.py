"""Second looks in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.second_looks.rules import Outcome, WhyNotAnswer, WhyNotAsk

OUTCOMES: Mapping[Outcome, LazyString] = {
    Outcome.STANDS: _("The finding stands"),
    Outcome.REOPENED: _("It is reviewed again"),
}
NOT_ASKED: Mapping[WhyNotAsk, LazyString] = {
    WhyNotAsk.NOT_TURNED_DOWN: _("Only a proposal that officers have turned down gets a second look."),
    WhyNotAsk.ASKED_BEFORE: _("You have asked for a second look at this finding already. There is one."),
    WhyNotAsk.TOO_LATE: _("A second look can be asked for within ten days of the finding. These days are over."),
    WhyNotAsk.BALLOT_FIXED: _("The ballot of this cycle is fixed, so its findings stay as they are."),
}
NOT_ANSWERED: Mapping[WhyNotAnswer, LazyString] = {
    WhyNotAnswer.ANSWERED: _("Another officer has answered this already."),
    WhyNotAnswer.SAME_OFFICER: _("You turned this proposal down yourself. Another officer has to look again."),
    WhyNotAnswer.OVERTAKEN: _("This proposal is no longer turned down, so there is nothing left to answer."),
    WhyNotAnswer.BALLOT_FIXED: _("The ballot of this cycle is fixed, so its findings stay as they are."),
}
