"""Parts and refusals, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.hiding.rules import Part, WhyNotHide

PARTS: Mapping[Part, LazyString] = {
    Part.PROPOSAL: _("The proposal"),
    Part.ATTACHMENT: _("A picture or PDF"),
    Part.REVISION: _("An earlier text"),
    Part.COMMENT: _("A comment"),
}

WHY_NOT_HIDE: Mapping[WhyNotHide, LazyString] = {
    WhyNotHide.HIDDEN: _("This is hidden already."),
    WhyNotHide.NEWEST: _("This is the text as it stands. Remove words from it instead."),
    WhyNotHide.WHOLE: _("A proposal is not hidden as a whole. Remove words from it, or hide a picture or PDF."),
}
