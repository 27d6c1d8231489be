"""Why an officer keeps away, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.review.assigning.rules import Barred

BARRED: Mapping[Barred, LazyString] = {
    Barred.OWN: _("Nobody reviews or prices their own proposal. Another officer will look at it."),
    Barred.INTEREST: _("You have declared an interest in this proposal, so another officer judges it."),
    Barred.TYPED_IN: _("You have typed this proposal in from paper, so another officer judges it."),
    Barred.TURNED_DOWN: _(
        "You had a part in turning it down, and a second look has reopened it. Another officer judges it now."
    ),
    Barred.ANOTHER_REVIEWER: _(
        "Another officer has this proposal to review. They or a clerk can hand it on to you first."
    ),
}
