"""Pages of offers: a clerk offers a seat, whoever is asked answers; and everybody's own seats."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only, signed_in
from app.core.clock import today
from app.core.errors import NotFound, ensure_standing
from app.core.moments import asked_day
from app.core.once import once
from app.taskforces import policies
from app.taskforces import queries as bodies
from app.taskforces.interests import queries as interests
from app.taskforces.organizations.queries import organizations
from app.taskforces.seats import queries as seats
from app.taskforces.seats.absences import queries as absences
from app.taskforces.seats.offers import queries, services
from app.taskforces.seats.offers.forms import OfferForm
from app.taskforces.seats.offers.policies import may_see
from app.taskforces.seats.offers.queries import OfferFacts

bp = Blueprint("offers", __name__, url_prefix="/task-forces")


@bp.get("/seats/mine")
@signed_in
def mine() -> str:
    me, on = acting().id, today()
    held = seats.held_by(me, on)
    return render_template(
        "taskforces/seats/mine.html",
        offers=queries.waiting_for(me),
        seats=[(seat, bodies.task_force_of(seat.task_force_id)) for seat in held],
        absences=absences.absences([seat.id for seat in held], on),
        interests=interests.interests([me]),
    )


@bp.route("/<slug>/seats/offer", methods=["GET", "POST"])
@only(Role.CLERK)
def offer(slug: str) -> ResponseReturnValue:
    body = bodies.task_force(slug)
    ensure_standing(policies.may_fill_seats(acting(), body.neighborhood_id), _("Only a clerk here can change seats."))
    form, known = OfferForm(**_begun(today(body.time_zone))), organizations(body.neighborhood_id)
    form.offer(known)
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.offer(body.id, form.command(), by=acting()).id)
    ):
        flash(_("The seat is offered. It is filled once they accept."), "success")
        return redirect(url_for("taskforces.show", slug=slug))
    return render_template("taskforces/seats/offer.html", form=form, body=body, organizations=known)


@bp.get("/offers/<int:offer_id>")
@signed_in
def show(offer_id: int) -> str:
    asked = _seen(offer_id)
    return render_template("taskforces/seats/answer.html", offer=asked, is_mine=asked.person_id == acting().id)


@bp.post("/offers/<int:offer_id>/accept")
@signed_in
def accept(offer_id: int) -> ResponseReturnValue:
    asked = _seen(offer_id)
    services.accept(offer_id, by=acting())
    flash(_("Thank you! The seat is yours."), "success")
    return redirect(url_for("taskforces.show", slug=asked.task_force_slug))


@bp.post("/offers/<int:offer_id>/paper")
@only(Role.CLERK)
def accept_on_paper(offer_id: int) -> ResponseReturnValue:
    asked = _seen(offer_id)
    services.accept_on_paper(offer_id, by=acting())
    flash(_("The seat is filled."), "success")
    return redirect(url_for("taskforces.show", slug=asked.task_force_slug))


@bp.post("/offers/<int:offer_id>/decline")
@signed_in
def decline(offer_id: int) -> ResponseReturnValue:
    _seen(offer_id)
    services.decline(offer_id, by=acting())
    flash(_("You have declined the seat. The office sees that."), "success")
    return redirect(url_for(".mine"))


@bp.post("/offers/<int:offer_id>/take-back")
@only(Role.CLERK)
def take_back(offer_id: int) -> ResponseReturnValue:
    asked = _seen(offer_id)
    services.take_back(offer_id, by=acting())
    flash(_("The seat is no longer offered."), "success")
    return redirect(url_for("taskforces.show", slug=asked.task_force_slug))


def _begun(here: date) -> dict[str, object]:
    """What a link to the form has chosen already: the seat and its first day."""
    chosen: dict[str, object] = {name: request.args[name] for name in ("kind", "side") if name in request.args}
    return chosen | {"starts_on": request.args.get("from", here, type=asked_day)}


def _seen(offer_id: int) -> OfferFacts:
    asked = queries.offer(offer_id)
    if not may_see(acting(), person_id=asked.person_id, neighborhood_id=asked.neighborhood_id):
        raise NotFound
    return asked
