"""Stages and orders of proposals in plain words, the same on every page."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.rules import Sort, Stage

STAGES: Mapping[Stage, LazyString] = {
    Stage.DRAFT: _("Draft"),
    Stage.SUBMITTED: _("Waiting for review"),
    Stage.NEEDS_CHANGES: _("Needs changes"),
    Stage.FEASIBLE: _("Can be done"),
    Stage.NOT_FEASIBLE: _("Cannot be done"),
    Stage.WITHDRAWN: _("Withdrawn"),
    Stage.MERGED: _("Joined into another"),
    Stage.ON_BALLOT: _("On the ballot"),
    Stage.FUNDED: _("Funded"),
    Stage.NOT_FUNDED: _("Not funded this time"),
}

WITHDRAWN = _("Withdrawn proposal")
"""What stands in place of the title of a proposal that was withdrawn."""
KEPT_FROM = _("Only its author and oversight can still read what a withdrawn proposal said.")


def shown_title(title: str, stage: Stage) -> str:
    """A title as everybody may read it."""
    return str(WITHDRAWN) if stage is Stage.WITHDRAWN else title


SORTS: Mapping[Sort, LazyString] = {
    Sort.BEST: _("Best match first"),
    Sort.SHUFFLED: _("Shuffled for today"),
    Sort.NEWEST: _("Newest first"),
    Sort.SUPPORTED: _("Most supported first"),
    Sort.COST: _("Lowest cost first"),
    Sort.TITLE: _("By title"),
}
