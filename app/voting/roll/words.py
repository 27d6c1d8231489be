"""Why somebody is not on a roll, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.voting.roll.queries import Mine
from app.voting.roll.rules import ChangeKind, Standing, WhyNot

STANDINGS: Mapping[Standing, LazyString] = {Standing.ACCOUNT: _l("Account"), Standing.LISTING: _l("List")}
SHOWN: Mapping[str, LazyString] = {
    "all": _l("Everybody"),
    Standing.ACCOUNT: _l("With an account"),
    Standing.LISTING: _l("From a list"),
    "struck": _l("Struck"),
    "young": _l("Too young, or no birth date"),
}
CHANGES: Mapping[ChangeKind, LazyString] = {
    ChangeKind.ADDED: _l("Somebody was added"),
    ChangeKind.STRUCK: _l("Somebody was struck"),
    ChangeKind.RESTORED: _l("Somebody struck was put back"),
}
SHORT: Mapping[WhyNot, LazyString] = {
    WhyNot.NO_RESIDENCE: _l("No address given"),
    WhyNot.ELSEWHERE: _l("Lives elsewhere"),
    WhyNot.WAITING: _l("Address not verified yet"),
    WhyNot.REFUSED: _l("Address not verified"),
    WhyNot.STRUCK: _l("Struck"),
    WhyNot.NO_BIRTH_DATE: _l("No birth date"),
    WhyNot.TOO_YOUNG: _l("Too young"),
}


def for_the_voter(mine: Mine) -> str:
    """Whether somebody is on the roll and why not, and what they can do, said to them."""
    if mine.was_added_too_late:
        late = _("You are not on the roll: it was fixed when voting opened, and you were verified later. Ask a clerk.")
        return str(late)
    if mine.why_not is None:
        if mine.is_frozen:
            return str(_("You are on the roll of this vote."))
        return str(_("You will be on the roll: it is fixed when voting opens, and all that is needed is there."))
    return _reason(mine)


def _reason(mine: Mine) -> str:
    place, age = mine.cycle.neighborhood_name, mine.cycle.min_age or 0
    told = {
        WhyNot.NO_RESIDENCE: _("You have not told us where you live. Only people of %(place)s vote here.", place=place),
        WhyNot.ELSEWHERE: _("You live elsewhere. Only people of %(place)s vote here.", place=place),
        WhyNot.WAITING: _("Your address has not been verified yet. Once it is, you are on the roll."),
        WhyNot.REFUSED: _("A clerk could not verify your address. Read why on your account’s page."),
        WhyNot.STRUCK: _("Your line was struck. The reason: %(reason)s", reason=mine.strike or "–"),
        WhyNot.NO_BIRTH_DATE: _(
            "This vote has an age: %(age)s years. We do not know your birth date. Enter it with your address; a clerk"
            " then verifies it again.",
            age=age,
        ),
        WhyNot.TOO_YOUNG: _("You have to be %(age)s on the first day of voting, and you will be younger.", age=age),
    }
    return str(told[mine.why_not]) if mine.why_not else ""
