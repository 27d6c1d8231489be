"""What a report's pages say: what has come in for somebody, how a report ends, and why nothing can be voided."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.voting.disputes.rules import SMALLEST_SHOWN, DisputeStage, Known, WhyNot

KNOWN: Mapping[Known, LazyString] = {
    Known.NOTHING_CAME: _l("No ballot has come in for you."),
    Known.ENVELOPE: _l("A sealed ballot has come in for you. Nobody can see what it says."),
    Known.PAPER: _l("A paper ballot has come back for you and lies in the box. It cannot be found again there."),
    Known.STRUCK: _l("Two people of the board struck your line from the roll."),
}

STAGES: Mapping[DisputeStage, LazyString] = {
    DisputeStage.REPORTED: _l("Waits for the board"),
    DisputeStage.VOIDED: _l("The sealed ballot was destroyed unread; you can vote again"),
    DisputeStage.KEPT: _l("Answered; the ballot stands"),
}

_WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NO_ENVELOPE: _l("There is no sealed ballot of this voter that could be voided."),
    WhyNot.NOT_OPEN_YET: _l("The vote has not been opened, so nothing has come in."),
    WhyNot.OPENED: _l("The set to be counted is fixed, and nobody can tell its ballots apart any more."),
}


def why_not(reason: WhyNot) -> str:
    """Why nothing can be voided."""
    return str(_WHY_NOT[reason])


def shown(count: int | None) -> str:
    """A public count, or that it is too small to be told."""
    return str(_("fewer than %(num)s", num=SMALLEST_SHOWN)) if count is None else str(count)
