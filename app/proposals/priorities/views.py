"""The page of a priority: what was agreed, and the proposals that serve it."""

from flask import Blueprint, render_template, request

from app.core.access import public
from app.cycles import queries as cycles
from app.cycles.priorities import queries as priorities
from app.proposals import queries
from app.proposals.rules import Sort
from app.proposals.wordings.views import told_page

bp = Blueprint("serving", __name__, url_prefix="/proposals/priorities")


@bp.get("/<int:priority_id>")
@public
def show(priority_id: int) -> str:
    about = priorities.one(priority_id)
    return render_template(
        "proposals/priorities/show.html",
        about=about,
        cycle=cycles.facts(about.cycle_id),
        statement=priorities.statement(about.cycle_id),
        page=told_page(queries.cards(priority_id=priority_id, sort=Sort.NEWEST, page=request.args.get("page", 1, int))),
    )
