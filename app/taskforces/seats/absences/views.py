"""Pages of absences: say that one will be away, and that one is back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, signed_in
from app.core.clock import today
from app.core.errors import NotFound
from app.core.once import once
from app.taskforces import queries as bodies
from app.taskforces.queries import TaskForceFacts
from app.taskforces.seats import queries as seats
from app.taskforces.seats.absences import policies, queries, services
from app.taskforces.seats.absences.forms import AbsenceForm
from app.taskforces.seats.queries import SeatFacts

bp = Blueprint("absences", __name__, url_prefix="/task-forces/seats")


@bp.route("/<int:seat_id>/away", methods=["GET", "POST"])
@signed_in
def tell(seat_id: int) -> ResponseReturnValue:
    seat, body = _seat(seat_id)
    form = AbsenceForm(starts_on=today(body.time_zone))
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.tell(seat_id, form.command(), by=acting()).id)
    ):
        flash(_("It is written down. Everybody can see who signs meanwhile."), "success")
        return redirect(url_for("taskforces.show", slug=body.slug))
    return render_template("taskforces/seats/away.html", form=form, body=body, seat=seat)


@bp.post("/absences/<int:absence_id>/back")
@signed_in
def back(absence_id: int) -> ResponseReturnValue:
    _seat_, body = _seat(queries.absence(absence_id).seat_id)
    services.end(absence_id, by=acting())
    flash(_("Welcome back. From today on this seat acts for itself again."), "success")
    return redirect(url_for("taskforces.show", slug=body.slug))


def _seat(seat_id: int) -> tuple[SeatFacts, TaskForceFacts]:
    seat = seats.seat(seat_id)
    body = bodies.task_force_of(seat.task_force_id)
    if not policies.may_tell(acting(), person_id=seat.person_id, neighborhood_id=body.neighborhood_id):
        raise NotFound
    return seat, body
