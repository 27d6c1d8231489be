"""Pages of voting."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("voting", __name__, url_prefix="/voting")


@bp.get("/")
@public
def index() -> str:
    return "voting"
