"""Why two proposals cannot be flagged, and why a ballot cannot be fixed, in sentences."""

from collections.abc import Mapping, Sequence

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from app.proposals.clashes.queries import ClashFacts, Named
from app.proposals.clashes.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.ITSELF: _("A proposal is never incompatible with itself."),
    WhyNot.BALLOT_FIXED: _("The ballot of this cycle is fixed, so nothing can be flagged any more."),
    WhyNot.STAGE: _("One of the two does not go on as it is: it was withdrawn, joined, or cannot be done."),
}


def unsettled(clashes: Sequence[ClashFacts]) -> str:
    """Why a ballot cannot be fixed, naming every pair."""
    pairs = [gettext("%(one)s and %(other)s", one=_named(clash.first), other=_named(clash.second)) for clash in clashes]
    sentence: str = gettext(
        "Only one of each of these pairs can be done, so both cannot stand on the ballot: %(pairs)s. Officers settle it"
        " first: by a new finding about one of them, or by lifting the flag.",
        pairs="; ".join(pairs),
    )
    return sentence


def _named(proposal: Named) -> str:
    return f"{proposal.code} {proposal.title}"
