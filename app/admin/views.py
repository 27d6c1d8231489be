"""The office's front page: what waits for the person who looks."""

from flask import Blueprint, render_template

from app.admin import queries, words
from app.core.access import Role, acting, only

bp = Blueprint("admin", __name__, url_prefix="/office")


@bp.get("/")
@only(Role.CLERK, Role.OFFICER, Role.OBSERVER, Role.ADMIN)
def index() -> str:
    """Open to-dos."""
    me = acting()
    return render_template("admin/index.html", todo=queries.to_dos(me), steps=words.STEPS)
