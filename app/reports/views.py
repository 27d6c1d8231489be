"""Pages of reports."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("reports", __name__, url_prefix="/reports")


@bp.get("/")
@public
def index() -> str:
    return "reports"
