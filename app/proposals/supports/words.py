"""Why a proposal is not supported now, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.rules import WhyShut

WHY_SHUT: Mapping[WhyShut, LazyString] = {
    WhyShut.DRAFT: _("A draft cannot be supported yet."),
    WhyShut.WITHDRAWN: _("Its author has withdrawn this proposal, so it is not supported any more."),
    WhyShut.JOINED: _("It is part of another proposal now, so it is not supported by itself any more."),
    WhyShut.BALLOT_FIXED: _("The ballot is fixed. From now on it is the vote that counts, so supports are closed."),
}
