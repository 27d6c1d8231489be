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

SORTS: Mapping[Sort, LazyString] = {
    Sort.BEST: _("Best match first"),
    Sort.SHUFFLED: _("Shuffled for today"),
    Sort.NEWEST: _("Newest first"),
    Sort.SUPPORTED: _("Most supported first"),
    Sort.COST: _("Lowest cost first"),
    Sort.TITLE: _("By title"),
}
