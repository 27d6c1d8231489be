"""Why something about a draft or a comment is refused, and what keeps a report from being final."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.reports.commenting.rules import Verdict, WhyNot

REFUSALS: Mapping[WhyNot, LazyString] = {
    WhyNot.NO_DAYS: _("No cycle this report tells of has days for comments."),
    WhyNot.OPENED: _("A draft of this report was laid open already."),
    WhyNot.PUBLISHED: _("This report is published."),
    WhyNot.CLOSED: _("The days for comments are over."),
    WhyNot.NOT_RESIDENT: _("Residents of this neighborhood comment on its drafts."),
    WhyNot.READ: _("Somebody has read this comment already."),
    WhyNot.NOT_READ: _("This comment has to be read first."),
    WhyNot.ANSWERED: _("It is said already what came of this comment."),
    WhyNot.NOT_SHOWN: _("This comment is not shown."),
}
BLOCKS: Mapping[WhyNot, LazyString] = {
    WhyNot.NO_DAYS: _("Its draft has to lie open for comments first: the cycle has days for that."),
    WhyNot.STILL_OPEN: _("Its draft still lies open for comments."),
    WhyNot.NOT_READ: _("Nobody has read some of the comments on its draft."),
    WhyNot.UNANSWERED: _("Nobody has said yet what came of some of the comments on its draft."),
}
VERDICTS: Mapping[Verdict, LazyString] = {
    Verdict.SHOWN: _("Show it"),
    Verdict.NOT_SHOWN: _("Do not show it: it attacks somebody, tells private things, or has nothing to do with this"),
}
OPENS = _("Clerks of this neighborhood lay drafts open.")
ANSWERS = _("Clerks of this neighborhood and the co-chairs of the task force read and answer comments.")
SAY_WHY = _("Say why, in a sentence.")
