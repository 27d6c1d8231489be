"""How what is owed stands, in words and with its shape."""

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString, format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.reports.duties.rules import Change, Duty, Standing, Why

STANDINGS: Mapping[Standing, LazyString] = {
    Standing.OVERDUE: _l("Overdue"),
    Standing.DUE: _l("Not due yet"),
    Standing.OPEN: _l("Not published yet"),
    Standing.PUBLISHED: _l("Published"),
}
WHYS: Mapping[Why, LazyString] = {
    Why.AGENDA: _l("The meeting or its agenda was changed on %(day)s. What is published does not say so."),
    Why.APPROVED: _l("The minutes were approved on %(day)s. What is published is their draft."),
    Why.SIGNED: _l("Both sides signed on %(day)s that the project does what was promised. It waits for its report."),
    Why.ASKED: _l("What residents say of the project is public since %(day)s. What is published does not say so."),
    Why.PUT_RIGHT: _l("The last thing that was left was put right on %(day)s. What is published does not say so."),
}
TONES: Mapping[Standing, str] = {
    Standing.OVERDUE: "bad",
    Standing.DUE: "waiting",
    Standing.OPEN: "info",
    Standing.PUBLISHED: "good",
}


def standing(duty: Duty, on: date) -> str:
    """How it stands: in time, late by so many days, or waiting."""
    late = duty.days_late(on)
    if duty.published_on is not None:
        return (
            str(ngettext("Published %(num)s day late", "Published %(num)s days late", late))
            if late
            else str(STANDINGS[Standing.PUBLISHED])
        )
    if late:
        return str(ngettext("%(num)s day overdue", "%(num)s days overdue", late))
    return str(_("A new edition is due") if duty.change else STANDINGS[duty.standing(on)])


def why(change: Change) -> str:
    """Why what was published is not enough any more."""
    return str(WHYS[change.why]) % {"day": format_date(change.since_on, "medium", rebase=False)}


def tone(duty: Duty, on: date) -> str:
    """The shape that goes with it."""
    if duty.published_on is not None and duty.days_late(on):
        return "warning"
    return TONES[duty.standing(on)]
