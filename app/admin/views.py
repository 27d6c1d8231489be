"""Pages of admin."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("admin", __name__, url_prefix="/office")


@bp.get("/")
@public
def index() -> str:
    return "admin"
