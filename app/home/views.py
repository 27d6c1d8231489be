"""The front page and the pages people expect."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def index() -> str:
    return "home"
