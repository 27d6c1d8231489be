"""Nominations in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.taskforces.seats.nominations.queries import NominationFacts
from app.taskforces.seats.nominations.rules import Ending, WhyNot
from app.taskforces.seats.offers.rules import Ending as OfferEnding

CO_CHAIRS = _l("Only the co-chairs of this task force nominate people for its seats.")
OWN_SIDE = _l("Only the co-chair of the side that named them can take this back.")
CLERKS = _l("Only a clerk here answers this, and never one who has made it.")
READERS = _l("Nominations are read by the co-chair of their side and by clerks.")

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.DISSOLVED: _l("This task force is dissolved. It has no seats any more."),
    WhyNot.TOO_MANY: _l("Ten nominations of your side wait already. Wait for the office, or take one back."),
}
OUTCOMES: Mapping[Ending | OfferEnding | None, tuple[LazyString, str]] = {
    None: (_l("Waits for the office"), "waiting"),
    Ending.OFFERED: (_l("The seat is offered to them"), "waiting"),
    Ending.REFUSED: (_l("The office does not offer the seat"), "quiet"),
    Ending.TAKEN_BACK: (_l("Taken back"), "quiet"),
    Ending.CLOSED: (_l("Closed: its task force is dissolved"), "quiet"),
    OfferEnding.ACCEPTED: (_l("They have accepted the seat"), "good"),
    OfferEnding.DECLINED: (_l("They have declined the seat"), "quiet"),
}
WITHDRAWN = (_l("The office has taken its offer back"), "quiet")


def outcome(of: NominationFacts) -> tuple[str, str]:
    """What became of a nomination, with its tone: of one that was followed, what became of the offer."""
    if of.offer_ending is OfferEnding.TAKEN_BACK:
        said, tone = WITHDRAWN
    else:
        said, tone = OUTCOMES[of.offer_ending or of.ending]
    return str(said), tone


def why_not_offered(of: NominationFacts) -> str | None:
    """Why the seat is not offered: in a clerk's words, or because it is no more."""
    if of.ending is not Ending.CLOSED:
        return of.refusal
    return str(_("The task force was dissolved before the office answered. It has no seats any more."))


def from_whom(of: NominationFacts) -> str:
    """Which organization stands behind it."""
    return of.organization or str(_("An organization that is not on the list, or none"))
