"""Why an invitation cannot be accepted, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.coauthors.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.ENDED: _("This invitation has been answered or taken back already."),
    WhyNot.EXPIRED: _("This invitation is older than 30 days. Please ask its author for a new one."),
    WhyNot.GONE: _("This proposal cannot be changed any more, so nobody can join in writing it."),
    WhyNot.OWN: _("This is your own proposal."),
    WhyNot.ALREADY: _("You are a co-author of it already."),
    WhyNot.JUDGED: _("You have reviewed this proposal as an officer, so you cannot write it too."),
}
