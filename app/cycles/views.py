"""Pages of cycles."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("cycles", __name__, url_prefix="/cycles")


@bp.get("/")
@public
def index() -> str:
    return "cycles"
