"""Pages of places."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("places", __name__, url_prefix="/neighborhoods")


@bp.get("/")
@public
def index() -> str:
    return "places"
