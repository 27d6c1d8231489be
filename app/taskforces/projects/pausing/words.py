"""Pausing, going on and giving up, line by line as both sides sign them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from app.core.money import written
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.projects.words import STAGES

Lines = Sequence[tuple[str, str]]


def told_pause(payload: Mapping[str, Any], _currency: str) -> Lines:
    """A pause."""
    restart = format_date(date.fromisoformat(payload["restart_on"]), "long", rebase=False)
    return [
        (_("The project rests at"), str(STAGES[ProjectStage(payload["stage"])])),
        (_("Why it is paused"), payload["reason"]),
        (_("Expected to go on"), str(restart)),
        (_("What follows"), _("A setback that everybody can read. Promised days do not move.")),
    ]


def told_resumption(payload: Mapping[str, Any], _currency: str) -> Lines:
    """Going on."""
    return [
        (_("The project goes on at"), str(STAGES[ProjectStage(payload["stage"])])),
        (_("What follows"), _("Promised days stand as they were. Say for each late milestone what is expected now.")),
    ]


def told_cancellation(payload: Mapping[str, Any], currency: str) -> Lines:
    """Giving up."""
    return [
        (_("Why it is cancelled"), payload["reason"]),
        (_("Money that goes back to the pot"), written(payload["returned_cents"], currency)),
        (_("Put before both sides by"), _("the council's clerk")),
        (
            _("What follows"),
            _("Open contracts end at what is paid. The project stays on record, and nobody can bring it back."),
        ),
    ]
