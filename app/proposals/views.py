"""Pages of proposals."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("proposals", __name__, url_prefix="/proposals")


@bp.get("/")
@public
def index() -> str:
    return "proposals"
