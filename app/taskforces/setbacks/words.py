"""Stages of a setback in plain words, the same on every page and in every refusal."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.setbacks.rules import SetbackStage, WhyNot

STAGES: Mapping[SetbackStage, LazyString] = {
    SetbackStage.REPORTED: _l("Reported"),
    SetbackStage.CORRECTING: _l("Being put right"),
    SetbackStage.RESOLVED: _l("Resolved"),
}

TONES: Mapping[SetbackStage, str] = {
    SetbackStage.REPORTED: "bad",
    SetbackStage.CORRECTING: "waiting",
    SetbackStage.RESOLVED: "good",
}

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.RESOLVED: _l("This setback is resolved already."),
    WhyNot.NO_ACTION: _l("First say what is done about it: add a corrective action."),
    WhyNot.ACTIONS_OPEN: _l("Every corrective action has to be done first."),
}
