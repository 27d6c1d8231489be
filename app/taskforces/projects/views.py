"""Pages of projects."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("projects", __name__, url_prefix="/projects")


@bp.get("/")
@public
def index() -> str:
    return "projects"
