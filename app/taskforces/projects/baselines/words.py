"""A promise in plain words: as both sides sign it, and why it cannot be renewed like this."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.money import written
from app.taskforces.projects.baselines.rules import WhyNot
from app.taskforces.projects.promises.rules import MilestoneKind
from app.taskforces.projects.promises.words import KINDS

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NOTHING_CHANGES: _l("Nothing changes like this: move a day, drop or add a milestone, or change the scope."),
    WhyNot.NOT_OPEN: _l("What is done or claimed stays as it was promised."),
    WhyNot.IN_THE_PAST: _l("Choose today or a day to come: this is a promise."),
    WhyNot.NO_DELIVERY: _l("At least one milestone of the kind “Delivery” has to stay."),
}


def told(payload: Mapping[str, Any], currency: str) -> Sequence[tuple[str, str]]:
    """What both sides sign, line by line."""
    lines = [(_("Baseline"), str(payload["number"]))]
    if payload["reason"]:
        lines.append((_("Why the promise changes"), payload["reason"]))
    if payload["scope"]:
        lines.append((_("What is promised now"), payload["scope"]))
    lines.append((_("Money"), written(payload["allocated_cents"], currency)))
    return lines + [(each["title"], _milestone(each)) for each in payload["milestones"]]


def _milestone(each: Mapping[str, Any]) -> str:
    day = _day(each["promised_on"])
    if each["dropped"]:
        return str(_("Dropped. It was promised for %(day)s.", day=day))
    when = _("Promised for %(day)s.", day=day)
    if each["was_on"] and each["was_on"] != each["promised_on"]:
        when = _("Promised for %(day)s, before that for %(old)s.", day=day, old=_day(each["was_on"]))
    kind = KINDS[MilestoneKind(each["kind"])]
    return f"{when} {kind}. " + str(_("Done means: %(what)s", what=each["done_means"]))


def _day(text: str) -> str:
    return str(format_date(date.fromisoformat(text), "long", rebase=False))
