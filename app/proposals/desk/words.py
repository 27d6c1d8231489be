"""What is said at the desk."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.proposals.desk.rules import WhyNotTyped

WHY_NOT: Mapping[WhyNotTyped, Any] = {
    WhyNotTyped.NOT_YET: _("This cycle does not collect proposals yet, so no form is typed in."),
    WhyNotTyped.SHUT: _(
        "Forms of this cycle are not typed in any more: its last day is over a week ago, or its ballot is fixed."
    ),
    WhyNotTyped.BEFORE_THE_FIRST_DAY: _("Proposals were not collected yet on that day. Please check the day."),
    WhyNotTyped.AFTER_THE_LAST_DAY: _("That is after the last day. Only forms that came in time are typed in."),
    WhyNotTyped.IN_THE_FUTURE: _("That day is still to come. Please check the day."),
}
ONLY_OFFICE = _("Only clerks and officers of this neighborhood type its paper forms in.")
ONLY_CLERK = _("Only a clerk of this neighborhood can do this.")
NOBODY_FOUND = _(
    "No verified resident of this neighborhood has an account with this e-mail, name or address. Please check how it "
    "is spelled, or choose that they have no account."
)
WHO_IS_IT = _("Please choose who it is.")
OWN = _("Nobody types in their own form. Please ask somebody else of the office.")
NO_MORE = _("They have as many proposals in this cycle as one person may have. They can take one back first.")


def typed_already(code: str) -> str:
    """Why a form is not typed in again."""
    return str(gettext("This form was typed in already: it is %(code)s.", code=code))
