"""Forewords in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.reports.annual.forewords.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.TOO_LONG: _l("A foreword has at most 200 words. Please shorten it."),
    WhyNot.OTHER_YEAR: _l("A foreword is written for this year or the two years before."),
    WhyNot.NEWER: _l("Somebody has written other words since. Please read those first."),
    WhyNot.AGREED: _l("Your side has agreed to these words already. Somebody of the other side agrees next."),
}
