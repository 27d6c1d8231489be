"""Pages of results."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("results", __name__, url_prefix="/results")


@bp.get("/")
@public
def index() -> str:
    return "results"
