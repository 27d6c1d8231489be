"""The steps of a cycle as the office names them, and what stands in their way."""

from collections.abc import Mapping

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.admin.rules import CycleCounts, Desk, Hindrance
from app.cycles.rules import Stage

STEPS: Mapping[Stage, LazyString] = {
    Stage.COLLECTING: _l("Publish the cycle and collect proposals"),
    Stage.REVIEWING: _l("Close the collection and start the review"),
    Stage.BALLOT_FIXED: _l("Fix the ballot"),
    Stage.VOTING: _l("Open the vote"),
    Stage.COUNTING: _l("Close the vote"),
    Stage.CERTIFIED: _l("Open the envelopes, count and certify"),
    Stage.DELIVERING: _l("Start building"),
    Stage.CLOSED: _l("Close the cycle"),
}

DESKS: Mapping[Desk, LazyString] = {
    Desk.MINE: _l("Proposals in your hands"),
    Desk.REVIEW: _l("Proposals to review"),
    Desk.UNASSIGNED: _l("Proposals without a reviewer"),
    Desk.SECOND: _l("Findings that wait for a second officer"),
    Desk.READY: _l("Findings that are ready to publish"),
    Desk.CHANGES: _l("Changes that authors were asked for"),
    Desk.LOOKS: _l("Second looks that wait for an answer"),
    Desk.PRICES: _l("Objections to prices"),
    Desk.WORDS: _l("Words that may be about somebody else"),
    Desk.REPORTS: _l("Reports of residents"),
    Desk.RESIDENCES: _l("Residences to verify"),
    Desk.PROJECTS: _l("Projects without a task force"),
    Desk.BODIES: _l("Task forces to constitute"),
}

WHAT_HAPPENS: Mapping[Stage, LazyString] = {
    Stage.COLLECTING: _l(
        "The cycle becomes public with its pot, dates and rule. From its first day everybody can propose."
    ),
    Stage.REVIEWING: _l("Nobody can propose any more. Officers check and price what is there."),
    Stage.DELIVERING: _l("The projects are in the hands of their task forces. Residents can follow each of them."),
    Stage.CLOSED: _l("The record of this year is complete. Nothing about the cycle can be edited any more."),
}


def hindrance(what: Hindrance, counts: CycleCounts) -> str:
    """What stands in the way, with its number."""
    if what is Hindrance.NO_CATEGORIES:
        return str(_("The neighborhood has no categories yet. Every proposal needs one."))
    if what is Hindrance.UNREVIEWED:
        return str(
            ngettext(
                "%(num)s proposal still waits for its review.",
                "%(num)s proposals still wait for their review.",
                counts.unreviewed,
            )
        )
    if what is Hindrance.NOTHING_FEASIBLE:
        return str(_("No proposal has been found feasible yet. A ballot needs at least one."))
    return str(ngettext("%(num)s project is not finished.", "%(num)s projects are not finished.", counts.open_projects))
