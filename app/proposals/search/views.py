"""A page for each kind of project and each area: everything that was ever proposed there, the newest first."""

from flask import Blueprint, render_template, request

from app.core.access import public
from app.places import queries as places
from app.proposals import queries
from app.proposals.rules import Sort
from app.proposals.wordings.views import told_page

bp = Blueprint("finding", __name__, url_prefix="/proposals/in")


@bp.get("/<slug>/kinds/<int:category_id>")
@public
def kind(slug: str, category_id: int) -> str:
    where = places.neighborhood(slug)
    about = places.category(where.id, category_id)
    page = told_page(queries.cards(category_id=about.id, sort=Sort.NEWEST, page=request.args.get("page", 1, int)))
    return render_template("proposals/search/kind.html", where=where, about=about, page=page)


@bp.get("/<slug>/areas/<int:area_id>")
@public
def area(slug: str, area_id: int) -> str:
    where = places.neighborhood(slug)
    about = places.area(where.id, area_id)
    page = told_page(queries.cards(area_id=about.id, sort=Sort.NEWEST, page=request.args.get("page", 1, int)))
    return render_template("proposals/search/area.html", where=where, about=about, page=page)
