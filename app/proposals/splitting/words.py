"""Why a proposal cannot be split, in sentences."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.splitting.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.BALLOT_FIXED: _("The ballot of this cycle is fixed, so its proposals can no longer be split."),
    WhyNot.STAGE: _("This proposal can no longer be split: see its stage."),
    WhyNot.PARTS: _("Name at least two parts, and four at the most."),
}
