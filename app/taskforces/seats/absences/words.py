"""Why an absence cannot be written down, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.seats.absences.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.IN_THE_PAST: _l("Choose today or a day to come: what was signed in the past stays as it is."),
    WhyNot.ENDS_BEFORE_IT_STARTS: _l("The last day cannot be before the first."),
    WhyNot.TOO_LONG: _l("Half a year is the longest. For a longer time, ask the office to end the term."),
    WhyNot.OVERLAPS: _l("An absence on these days is written down already."),
    WhyNot.NOT_HELD: _l("The term is over by then."),
}

FIELDS: Mapping[WhyNot, str] = {WhyNot.ENDS_BEFORE_IT_STARTS: "ends_on", WhyNot.TOO_LONG: "ends_on"}
"""The field at which a refusal stands; any other at the first day."""
