"""Why a place is not taken, and at which field that stands."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.proposals.spots.rules import WhyNot

REASONS: Mapping[WhyNot, tuple[str, LazyString]] = {
    WhyNot.NO_MAP: ("how", _("This neighborhood has no map yet. Please say it in words.")),
    WhyNot.NO_POINT: ("point", _("Please mark the spot: choose a square of the map, or enter its coordinates.")),
    WhyNot.OUTSIDE: (
        "point",
        _("This spot lies outside of the neighborhood. Please mark one inside, or say in words what you mean."),
    ),
    WhyNot.NO_WORDS: ("place", _("Please say in a few words where it is, for those who do not see the map.")),
    WhyNot.TELLS_NUMBER: (
        "place",
        _("Everybody reads these words, and there is a number in them. Please leave house numbers out."),
    ),
    WhyNot.FOREIGN_AREA: ("area_id", _("Choose one of the areas of this neighborhood.")),
}
UNREADABLE = _("Please enter two numbers, latitude and then longitude, like 40.71280, -74.00600.")
