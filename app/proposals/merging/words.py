"""Why two proposals cannot be joined, in sentences for their authors."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.merging.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.ITSELF: _("A proposal cannot be joined into itself."),
    WhyNot.OTHER_CYCLE: _("Only proposals of the same cycle can be joined."),
    WhyNot.BALLOT_FIXED: _("The ballot of this cycle is fixed, so its proposals can no longer be joined."),
    WhyNot.STAGE: _("This proposal can no longer be joined into another: see its stage."),
    WhyNot.OTHER_STAGE: _(
        "The other proposal can no longer take another in: it was withdrawn, joined or cannot be done."
    ),
}
