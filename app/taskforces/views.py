"""Public pages of task forces: the list, and one with its seats, its charter and its projects."""

from flask import Blueprint, render_template

from app.core.access import Role, current_actor, public
from app.core.clock import today
from app.taskforces import policies, queries
from app.taskforces.oversight import queries as oversight
from app.taskforces.projects import queries as projects
from app.taskforces.seats import queries as seats

bp = Blueprint("taskforces", __name__, url_prefix="/task-forces")


@bp.get("/")
@public
def index() -> str:
    actor = current_actor()
    return render_template(
        "taskforces/index.html",
        cards=queries.cards(),
        is_clerk=actor is not None and actor.holds_anywhere(Role.CLERK),
        leads=actor is not None and bool(seats.chaired_by(actor.id, today())),
    )


@bp.get("/<slug>")
@public
def show(slug: str) -> str:
    body = queries.task_force(slug)
    here = today(body.time_zone)
    return render_template(
        "taskforces/show.html",
        body=body,
        seats=seats.seats(body.id, constituted_on=body.constituted_on, on=here),
        projects=projects.of_task_forces(body.id),
        statements=oversight.about_task_force(body.id),
        today=here,
        waiting=projects.without_task_force(body.neighborhood_id),
        may_fill=policies.may_fill_seats(current_actor(), body.neighborhood_id),
    )
