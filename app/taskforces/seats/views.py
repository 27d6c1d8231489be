"""A clerk's pages: propose a task force, and end a term. Seats are filled in `offers/`."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.clock import today
from app.core.errors import NotFound, ensure_standing
from app.core.once import once
from app.places.queries import areas, neighborhoods
from app.taskforces import policies
from app.taskforces import queries as bodies
from app.taskforces import services as task_forces
from app.taskforces.forms import ProposeForm
from app.taskforces.queries import TaskForceFacts
from app.taskforces.seats import queries, services, words
from app.taskforces.seats.forms import EndForm
from app.taskforces.seats.rules import SeatKind, Side

bp = Blueprint("seats", __name__, url_prefix="/task-forces")


@bp.route("/new", methods=["GET", "POST"])
@only(Role.CLERK)
def constitute() -> ResponseReturnValue:
    form, here = ProposeForm(), [where for where in neighborhoods() if policies.may_constitute(acting(), where.id)]
    form.offer(here)
    form.areas([(where, areas(where.id)) for where in here])
    if form.validate_on_submit():
        made = form.accepted(lambda: _proposed(form))
        if made is not None:
            flash(_("The task force is proposed. Now offer its two co-chair seats."), "success")
            return redirect(url_for("taskforces.show", slug=bodies.task_force_of(made).slug))
    return render_template("taskforces/seats/constitute.html", form=form)


@bp.route("/<slug>/seats/<int:seat_id>/end", methods=["GET", "POST"])
@only(Role.CLERK)
def end(slug: str, seat_id: int) -> ResponseReturnValue:
    body = _body(slug)
    seat = queries.seat(seat_id)
    if seat.task_force_id != body.id:
        raise NotFound
    form = EndForm(ends_on=today(body.time_zone))
    if form.validate_on_submit() and form.accepted(lambda: services.end(seat_id, form.command(), by=acting())):
        flash(_("The term has an end. The seat is vacant from the day after."), "success")
        return redirect(url_for("taskforces.show", slug=slug))
    return render_template("taskforces/seats/end.html", form=form, body=body, seat=seat)


@bp.app_template_filter("side")
def side_words(side: Side) -> str:
    return str(words.SIDES[side])


@bp.app_template_filter("seat_kind")
def kind_words(kind: SeatKind) -> str:
    return str(words.KINDS[kind])


def _proposed(form: ProposeForm) -> int:
    return once(form.once.data, lambda: task_forces.propose(form.neighborhood_id.data, form.command(), by=acting()).id)


def _body(slug: str) -> TaskForceFacts:
    body = bodies.task_force(slug)
    ensure_standing(policies.may_fill_seats(acting(), body.neighborhood_id), _("Only a clerk here can change seats."))
    return body
