"""Refusals around prepared findings in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.review.publishing.rules import WhyNot
from app.proposals.review.rules import Ending

ENDINGS: Mapping[Ending, LazyString] = {
    Ending.PUBLISHED: _("It is public now"),
    Ending.SENT_BACK: _("Another officer sent it back"),
    Ending.TAKEN_BACK: _("Its writer took it back"),
}

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.ENDED: _("This finding was published, sent back or taken back already."),
    WhyNot.OWN_FINDING: _("You wrote this finding yourself, so another officer looks at it."),
    WhyNot.AGREED: _("Another officer has agreed to this already."),
    WhyNot.NOT_ASKED: _("This finding needs no second officer."),
    WhyNot.NOT_AGREED: _("Another officer has to agree to this first."),
    WhyNot.NOT_YOURS: _("Only the officer who wrote it takes a finding back."),
}
