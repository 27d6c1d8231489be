"""What is wrong with priorities, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.cycles.priorities.rules import LONGEST, MOST, WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NONE: _("Please write at least one priority."),
    WhyNot.TOO_MANY: _("Please keep it to %(n)d priorities.", n=MOST),
    WhyNot.TOO_LONG: _("Please keep each priority to %(n)d characters.", n=LONGEST),
    WhyNot.TWICE: _("One of them stands there twice."),
}
