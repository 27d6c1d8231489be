"""What is wrong with a boundary, in words that help to mend it."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.numbers import numeral
from app.places.rules import MOST_AREAS, MOST_POINTS, BadBoundary, Flaw

FLAWS: Mapping[Flaw, LazyString] = {
    Flaw.NOT_JSON: _l("This is not JSON. Paste the whole content of a .geojson file."),
    Flaw.NOT_GEOJSON: _l(
        "This is JSON but not GeoJSON: it needs a Polygon, MultiPolygon, Feature or FeatureCollection."
    ),
    Flaw.NO_POLYGON: _l("An area is an outline: a Polygon or a MultiPolygon. Points and lines have no inside."),
    Flaw.FOREIGN_CRS: _l("The file uses other coordinates. Export it again in WGS 84 (EPSG:4326)."),
    Flaw.BAD_POSITION: _l("A position is two numbers, longitude and then latitude."),
    Flaw.OUT_OF_RANGE: _l(
        "A position lies off the globe: longitude goes from −180 to 180, latitude from −90 to 90. Use WGS 84."
    ),
    Flaw.SHORT_RING: _l("An outline needs at least four positions, the last one equal to the first."),
    Flaw.OPEN_RING: _l("An outline must close: its last position must equal its first."),
    Flaw.FLAT_RING: _l("An outline encloses nothing: its positions lie on one line."),
    Flaw.TOO_MANY_POINTS: _l("The outlines have more than %(most)s positions. Simplify them first."),
    Flaw.TOO_MANY_AREAS: _l("A file may hold at most %(most)s areas."),
    Flaw.NOTHING: _l("The file holds no areas."),
}
MOST = {Flaw.TOO_MANY_POINTS: MOST_POINTS, Flaw.TOO_MANY_AREAS: MOST_AREAS}


def flaw(reason: BadBoundary) -> str:
    """What is wrong, and with which area of the file where that matters."""
    sentence = str(FLAWS[reason.flaw])
    if reason.flaw in MOST:
        sentence = sentence % {"most": numeral(MOST[reason.flaw])}
    where = _("Area %(n)s of the file:", n=reason.place)
    return sentence if reason.place == 1 else f"{where} {sentence}"
