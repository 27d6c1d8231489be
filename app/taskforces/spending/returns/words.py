"""A return in plain words, before both sides sign it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.money import written
from app.cycles.rules import LeftoverRule

GOES: Mapping[LeftoverRule, LazyString] = {
    LeftoverRule.NEXT_CYCLE: _l("It stays in the pot for the next cycle, as the rule card said before the vote."),
    LeftoverRule.CONTINGENCY: _l("It goes into the reserve of this cycle, as the rule card said before the vote."),
}


def told_return(payload: Mapping[str, Any], currency: str) -> Sequence[tuple[str, str]]:
    """A return to the pot, line by line."""
    ends = [
        (
            _("Ends: %(code)s", code=each["commitment"]),
            _(
                "%(spent)s of %(amount)s is paid; nothing more will be.",
                spent=written(each["spent_cents"], currency),
                amount=written(each["amount_cents"], currency),
            ),
        )
        for each in payload["ending"]
    ]
    return [
        (_("Back to the pot"), written(payload["amount_cents"], currency)),
        (_("What becomes of it"), str(GOES[LeftoverRule(payload["leftover_rule"])])),
        (_("Why"), payload["reason"]),
        *ends,
    ]
