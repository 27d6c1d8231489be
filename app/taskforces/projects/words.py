"""Stages, statuses and reasons of a project in plain words, the same on every page and in every refusal."""

from collections.abc import Mapping

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.taskforces.projects.rules import Act, Cause, ProjectStage, Status

STAGES: Mapping[ProjectStage, LazyString] = {
    ProjectStage.FUNDED: _l("Funded by the vote"),
    ProjectStage.MOBILISING: _l("Getting ready"),
    ProjectStage.PLANNING: _l("Planning"),
    ProjectStage.PROCUREMENT: _l("Choosing suppliers"),
    ProjectStage.DELIVERY: _l("Being built"),
    ProjectStage.HANDOVER: _l("Being handed over"),
    ProjectStage.COMPLETED: _l("Completed"),
    ProjectStage.EVALUATED: _l("Completed and looked at again"),
    ProjectStage.PAUSED: _l("Paused"),
    ProjectStage.CANCELLED: _l("Cancelled"),
}

STATUSES: Mapping[Status, LazyString] = {
    Status.ON_TRACK: _l("On track"),
    Status.NEEDS_ATTENTION: _l("Needs attention"),
    Status.OFF_TRACK: _l("Off track"),
    Status.COMPLETED: _l("Completed"),
    Status.CANCELLED: _l("Cancelled"),
}

TONES: Mapping[Status, str] = {
    Status.ON_TRACK: "good",
    Status.NEEDS_ATTENTION: "warning",
    Status.OFF_TRACK: "bad",
    Status.COMPLETED: "glow",
    Status.CANCELLED: "quiet",
}

TOO_EARLY_OR_LATE: Mapping[Act, LazyString] = {
    Act.PLAN: _l("The plan stands. Only forecasts can move now, each with its reason."),
    Act.REBASELINE: _l("A promise is renewed only after it was made and before the project is completed."),
    Act.FORECAST: _l("A forecast can change only after the baseline is set and before the project is completed."),
    Act.BEGIN: _l("Work begins after the baseline is set, and not while the project rests."),
    Act.CLAIM: _l("A milestone can be done only after the baseline is set and before the project is completed."),
    Act.ANSWER_CLAIM: _l("Milestones are looked at while the project runs."),
    Act.NAME_PARTNERS: _l("Partners are named while the task force works on the project."),
    Act.FIX_SNAG: _l("What is left to be put right is noted after the project is completed."),
    Act.CHECK_AFTER: _l("A project is looked at again once it is completed, and once each time."),
    Act.UPDATE: _l("Updates can be published once a task force has taken the project on."),
    Act.REPORT_SETBACK: _l("Setbacks are reported while the task force works on the project."),
}

_SENTENCES: Mapping[Cause, LazyString] = {
    Cause.NOT_STARTED: _l("The money is set aside; a task force takes it on next."),
    Cause.NO_BASELINE: _l("The task force is writing down what it promises, and by when."),
    Cause.AS_PROMISED: _l("Everything is expected by the day it was promised."),
    Cause.FINISHED: _l("Everything that was promised is done."),
    Cause.STOPPED: _l("This project was stopped."),
    Cause.PAUSED: _l("The project is paused."),
}


def cause(kind: Cause, number: int) -> str:
    """Why a status is what it is, as one sentence."""
    if kind in (Cause.LATE, Cause.SLIGHTLY_LATE):
        return str(
            ngettext(
                "It finishes %(num)s day later than promised.", "It finishes %(num)s days later than promised.", number
            )
        )
    if kind is Cause.OVER_MONEY:
        return str(_("It needs %(percent)s%% more money than it was given.", percent=number))
    if kind is Cause.SETBACK_PAST_DUE:
        return str(
            ngettext(
                "%(num)s setback is not resolved by its date.",
                "%(num)s setbacks are not resolved by their date.",
                number,
            )
        )
    if kind is Cause.NO_UPDATE:
        weeks = number // 7
        return str(
            ngettext("Nothing was published for %(num)s week.", "Nothing was published for %(num)s weeks.", weeks)
        )
    return str(_SENTENCES[kind])
