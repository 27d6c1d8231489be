"""Setbacks in plain words, the same on every page and in every refusal."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.taskforces.setbacks.actions.rules import ActionStage, Finding
from app.taskforces.setbacks.actions.rules import WhyNot as WhyNotMove
from app.taskforces.setbacks.rules import RootCause, SetbackStage, Severity, Source, WhyNot

STAGES: Mapping[SetbackStage, LazyString] = {
    SetbackStage.REPORTED: _l("Reported"),
    SetbackStage.ACKNOWLEDGED: _l("Acknowledged"),
    SetbackStage.ANALYSED: _l("Cause found"),
    SetbackStage.PLANNED: _l("Plan agreed"),
    SetbackStage.CORRECTING: _l("Being put right"),
    SetbackStage.CHECKED: _l("Effect measured"),
    SetbackStage.NOT_EFFECTIVE: _l("Did not help: new plan needed"),
    SetbackStage.RESOLVED: _l("Resolved"),
    SetbackStage.ACCEPTED: _l("Accepted by both sides"),
}

TONES: Mapping[SetbackStage, str] = {
    SetbackStage.REPORTED: "bad",
    SetbackStage.ACKNOWLEDGED: "warning",
    SetbackStage.ANALYSED: "warning",
    SetbackStage.PLANNED: "waiting",
    SetbackStage.CORRECTING: "waiting",
    SetbackStage.CHECKED: "waiting",
    SetbackStage.NOT_EFFECTIVE: "bad",
    SetbackStage.RESOLVED: "good",
    SetbackStage.ACCEPTED: "quiet",
}

DUE: Mapping[SetbackStage, LazyString] = {
    SetbackStage.REPORTED: _l("To be acknowledged by"),
    SetbackStage.ACKNOWLEDGED: _l("Plan due by"),
    SetbackStage.ANALYSED: _l("Plan due by"),
    SetbackStage.PLANNED: _l("Effect measured by"),
    SetbackStage.CORRECTING: _l("Effect measured by"),
    SetbackStage.CHECKED: _l("To be concluded by"),
    SetbackStage.NOT_EFFECTIVE: _l("New plan due by"),
    SetbackStage.RESOLVED: _l("Resolved"),
    SetbackStage.ACCEPTED: _l("Looked at again by"),
}

SOURCES: Mapping[Source, LazyString] = {
    Source.MISSED_MILESTONE: _l("A promised day passed"),
    Source.OVERRUN: _l("More money needed than given"),
    Source.FAILED_CHECK: _l("A check failed"),
    Source.COMPLAINT_UPHELD: _l("A complaint was upheld"),
    Source.PARTNER_WITHDREW: _l("A partner withdrew"),
    Source.SAFETY: _l("Somebody could be hurt"),
    Source.DATA_ERROR: _l("A figure was wrong"),
    Source.PAUSE: _l("The project was paused"),
    Source.OTHER: _l("Something else"),
}

SEVERITIES: Mapping[Severity, LazyString] = {
    Severity.MINOR: _l("Minor: residents hardly notice"),
    Severity.SERIOUS: _l("Serious: residents get it later, dearer or worse"),
    Severity.SEVERE: _l("Severe: somebody could be hurt, or the promise fails"),
}

ROOT_CAUSES: Mapping[RootCause, LazyString] = {
    RootCause.COMMUNICATION: _l("People did not tell each other"),
    RootCause.DATA: _l("Wrong or missing figures"),
    RootCause.MONEY: _l("Money"),
    RootCause.PERMIT: _l("Permit or approval"),
    RootCause.PLANNING: _l("The plan was too tight"),
    RootCause.QUALITY: _l("Quality of the work"),
    RootCause.SCOPE: _l("It was unclear what was promised"),
    RootCause.STAFF: _l("Not enough people"),
    RootCause.SUPPLIER: _l("Supplier or contractor"),
    RootCause.WEATHER: _l("Weather"),
    RootCause.OUTSIDE: _l("Something nobody here can steer"),
}

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NOT_A_STEP: _l("A setback goes one step at a time: this one is not next. Look at its page for what is."),
    WhyNot.RESOLVED: _l("This setback is resolved already."),
    WhyNot.ACTIONS_OPEN: _l("First the other side verifies every corrective action; then its effect is measured."),
    WhyNot.SAME_SIDE: _l("Your side measured the effect. The other side concludes from it (rule 20)."),
}

ACTION_STAGES: Mapping[ActionStage, LazyString] = {
    ActionStage.OPEN: _l("Not begun"),
    ActionStage.IN_PROGRESS: _l("Begun"),
    ActionStage.CLAIMED: _l("Said to be done"),
    ActionStage.VERIFIED: _l("Verified"),
    ActionStage.CLOSED: _l("Closed"),
}

ACTION_TONES: Mapping[ActionStage, str] = {
    ActionStage.OPEN: "quiet",
    ActionStage.IN_PROGRESS: "waiting",
    ActionStage.CLAIMED: "info",
    ActionStage.VERIFIED: "good",
    ActionStage.CLOSED: "good",
}

FINDINGS: Mapping[Finding, LazyString] = {
    Finding.CORRECTED: _l("It is corrected"),
    Finding.PARTLY: _l("It is corrected in part"),
    Finding.NOT: _l("It is not corrected"),
}

WHY_NOT_MOVE: Mapping[WhyNotMove, LazyString] = {
    WhyNotMove.NOT_A_STEP: _l("A corrective action goes one step at a time: this one is not next."),
    WhyNotMove.SAME_SIDE: _l("Your side says it is done. Somebody who chairs the other side verifies it (rule 20)."),
}


def title(row_title: str | None, source: Source, rule: int | None, facts: Mapping[str, Any]) -> str:
    """What a setback is called: in the task force's words, or as the rule or the report that opened it says."""
    if row_title is not None:
        return row_title
    if rule is None:
        return str(_("Somebody reported that something went wrong"))
    if source is Source.MISSED_MILESTONE and "milestone" in facts:
        return str(_("Late without an explanation: %(milestone)s", milestone=facts["milestone"]))
    return str(SOURCES[source])


def by_rule(rule: int | None, facts: Mapping[str, Any]) -> str:
    """What a rule of the site says about the setback that it opened; empty where somebody reported it."""
    if rule is None:
        return ""
    if "expected_on" not in facts:
        return str(_("A rule opened this setback by itself (rule %(rule)s).", rule=rule))
    day = format_date(date.fromisoformat(facts["expected_on"]), "long", rebase=False)
    words = _(
        "It was expected on %(day)s. Fourteen days later nobody had said why it is late, so the setback opened by"
        " itself (rule %(rule)s).",
        day=day,
        rule=rule,
    )
    return str(words)
