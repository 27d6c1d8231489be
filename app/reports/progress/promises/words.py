"""Promises for a quarter in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.reports.progress.promises.rules import Kept, WhyNot

KEPT: Mapping[Kept, LazyString] = {
    Kept.KEPT: _l("Kept"),
    Kept.PARTLY: _l("Kept in part"),
    Kept.NOT: _l("Not kept"),
}
TONES: Mapping[Kept, str] = {Kept.KEPT: "good", Kept.PARTLY: "warning", Kept.NOT: "bad"}
WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.FROZEN: _l("The report that prints this is frozen already. Ask the clerk to give the draft up first."),
    WhyNot.TOO_MANY: _l("Twelve promises are enough for a quarter. Take one back first."),
    WhyNot.MARKED: _l("It is said already what became of this promise."),
    WhyNot.NOT_YET: _l("The quarter has not begun yet."),
}
