"""How what is owed stands, in words and with its shape."""

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

from app.reports.duties.rules import Duty, Standing

STANDINGS: Mapping[Standing, LazyString] = {
    Standing.OVERDUE: _l("Overdue"),
    Standing.DUE: _l("Not due yet"),
    Standing.OPEN: _l("Not published yet"),
    Standing.PUBLISHED: _l("Published"),
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
    return str(STANDINGS[duty.standing(on)])


def tone(duty: Duty, on: date) -> str:
    """The shape that goes with it."""
    if duty.published_on is not None and duty.days_late(on):
        return "warning"
    return TONES[duty.standing(on)]
