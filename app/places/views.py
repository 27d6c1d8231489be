"""Public pages of places: the neighborhoods and their maps."""

from collections.abc import Sequence

from flask import Blueprint, Response, current_app, g, render_template
from markupsafe import Markup

from app.core.access import public
from app.places import exports, maps, queries
from app.places.queries import AreaFacts

bp = Blueprint("places", __name__, url_prefix="/neighborhoods")


@bp.app_template_global()
def draw_map(
    areas: Sequence[AreaFacts],
    *,
    title: str,
    highlight: str | None = None,
    marks: Sequence[tuple[float, float, str]] = (),
) -> Markup | None:
    """The areas that have an outline, and marks at (longitude, latitude, label), as a map; None without any."""
    shapes = [
        maps.Shape(name=area.name, boundary=area.boundary, is_highlighted=area.name == highlight)
        for area in areas
        if area.boundary is not None
    ]
    points = [maps.Point(longitude=x, latitude=y, label=label) for x, y, label in marks]
    return maps.draw(shapes, points, title=title)


@bp.app_template_global()
def map_tiles() -> tuple[str, str] | None:
    """The address of the tiles that maps are laid on, and who made them; None on a site without.

    A page that asks is allowed to load them (`app/web/headers.py`); no other page is.
    """
    g.map_is_drawn = True
    address = current_app.config["TILE_URL"]
    return (address, current_app.config["TILE_CREDIT"]) if address else None


@bp.get("/")
@public
def index() -> str:
    """Every neighborhood."""
    return render_template("places/index.html", neighborhoods=queries.neighborhoods())


@bp.get("/<slug>")
@public
def show(slug: str) -> str:
    """One neighborhood with its map."""
    where = queries.neighborhood(slug)
    areas, categories = queries.areas(where.id), queries.categories(where.id)
    return render_template("places/show.html", where=where, areas=areas, categories=categories)


@bp.get("/<slug>/areas.geojson")
@public
def outlines(slug: str) -> Response:
    """The outlines of its areas, for maps that are drawn in the browser."""
    return Response(exports.outlines(queries.neighborhood(slug)), mimetype="application/geo+json")
