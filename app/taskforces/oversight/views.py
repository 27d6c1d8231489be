"""Pages of oversight: everything that was said, one statement, publishing one, and replying."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public, signed_in
from app.core.clock import today
from app.core.errors import ensure_standing
from app.core.once import once
from app.places import queries as places
from app.taskforces import queries as bodies
from app.taskforces.oversight import policies, queries, services
from app.taskforces.oversight.forms import ReplyForm, StateForm
from app.taskforces.oversight.queries import StatementRow
from app.taskforces.oversight.rules import About
from app.taskforces.projects import queries as projects
from app.taskforces.seats import queries as seats
from app.taskforces.spending.reconciliation import queries as reconciliation
from app.taskforces.spending.reconciliation.policies import WATCH

bp = Blueprint("oversight", __name__, url_prefix="/oversight")


@bp.get("/")
@public
def index() -> str:
    page = queries.statements(number=request.args.get("page", 1, int))
    mine = [each for each in places.neighborhoods() if policies.may_state(current_actor(), each.id)]
    return render_template(
        "taskforces/oversight/index.html",
        page=page,
        places=mine,
        ledgers=reconciliation.cycles_with_a_ledger(),
        watches=(actor := current_actor()) is not None and actor.holds_anywhere(*WATCH),
        today=today(),
    )


@bp.get("/<int:statement_id>")
@public
def show(statement_id: int) -> str:
    row = queries.statement(statement_id)
    return render_template(
        "taskforces/oversight/show.html",
        statement=row,
        today=today(row.time_zone),
        may_reply=row.recommendation is not None and row.reply is None and _may_reply(row),
    )


@bp.route("/neighborhoods/<slug>/new", methods=["GET", "POST"])
@only(Role.OVERSEER)
def about_neighborhood(slug: str) -> ResponseReturnValue:
    where = places.neighborhood(slug)
    return _state(where.id, About(project_id=None, task_force_id=None), where.name)


@bp.route("/task-forces/<slug>/new", methods=["GET", "POST"])
@only(Role.OVERSEER)
def about_task_force(slug: str) -> ResponseReturnValue:
    body = bodies.task_force(slug)
    return _state(body.neighborhood_id, About(project_id=None, task_force_id=body.id), body.name)


@bp.route("/projects/<int:project_id>/new", methods=["GET", "POST"])
@only(Role.OVERSEER)
def about_project(project_id: int) -> ResponseReturnValue:
    project = projects.project(project_id)
    return _state(project.neighborhood_id, About(project_id=project_id, task_force_id=None), project.title)


@bp.route("/<int:statement_id>/reply", methods=["GET", "POST"])
@signed_in
def reply(statement_id: int) -> ResponseReturnValue:
    row, form = queries.statement(statement_id), ReplyForm()
    ensure_standing(_may_reply(row), _("Only the co-chairs concerned and the clerk reply to a recommendation."))
    if form.validate_on_submit() and form.accepted(
        lambda: services.reply(statement_id, form.text.data or "", by=acting())
    ):
        flash(_("Your reply is public."), "success")
        return redirect(url_for(".show", statement_id=statement_id))
    return render_template("taskforces/oversight/reply.html", form=form, statement=row)


def _state(neighborhood_id: int, about: About, name: str) -> ResponseReturnValue:
    allowed = policies.may_state(acting(), neighborhood_id)
    ensure_standing(allowed, _("Only overseers of this neighborhood publish statements."))
    form = StateForm()
    if form.validate_on_submit():
        made = once(
            form.once.data or "",
            lambda: services.state(neighborhood_id, about, form.command(), by=acting()).id,
        )
        flash(_("Your statement is public."), "success")
        return redirect(url_for(".show", statement_id=made))
    return render_template("taskforces/oversight/new.html", form=form, name=name)


def _may_reply(row: StatementRow) -> bool:
    body_id = row.task_force_id
    if row.project_id is not None:
        body_id = projects.project(row.project_id).task_force_id
    chairs = seats.co_chair_ids(body_id, today(row.time_zone))
    return policies.may_reply(current_actor(), row.neighborhood_id, chairs)
