"""Pages of taskforces."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("taskforces", __name__, url_prefix="/task-forces")


@bp.get("/")
@public
def index() -> str:
    return "taskforces"
