"""Pages of ballots."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("ballots", __name__, url_prefix="/ballots")


@bp.get("/")
@public
def index() -> str:
    return "ballots"
