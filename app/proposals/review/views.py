"""Pages of review."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("review", __name__, url_prefix="/review")


@bp.get("/")
@public
def index() -> str:
    return "review"
