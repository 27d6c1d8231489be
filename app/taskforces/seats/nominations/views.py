"""Pages of nominations: a co-chair names somebody and sees what became of it, a clerk offers the seat or refuses it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only, signed_in
from app.core.clock import today
from app.core.errors import ensure, ensure_standing
from app.core.once import once
from app.taskforces import policies as bodies_policies
from app.taskforces import queries as bodies
from app.taskforces.organizations.queries import organizations
from app.taskforces.queries import TaskForceFacts
from app.taskforces.seats.nominations import policies, queries, services, words
from app.taskforces.seats.nominations.forms import NominateForm, RefuseForm
from app.taskforces.seats.nominations.queries import NominationFacts
from app.taskforces.seats.offers.forms import OfferForm
from app.taskforces.seats.rules import Side

bp = Blueprint("nominations", __name__, url_prefix="/task-forces")


@bp.get("/<slug>/nominations/")
@signed_in
def index(slug: str) -> str:
    body = bodies.task_force(slug)
    side, is_clerk = _side(body), bodies_policies.may_fill_seats(acting(), body.neighborhood_id)
    ensure_standing(side is not None or is_clerk, str(words.READERS))
    found = queries.of_task_force(body.id, None if is_clerk else side, number=request.args.get("page", 1, type=int))
    shown = {"body": body, "found": found, "is_clerk": is_clerk, "side": side, "words": words, "me": acting().id}
    return render_template("taskforces/seats/nominations/index.html", **shown)


@bp.route("/<slug>/nominations/new", methods=["GET", "POST"])
@signed_in
def nominate(slug: str) -> ResponseReturnValue:
    body, form = bodies.task_force(slug), NominateForm()
    ensure_standing(_side(body) is not None, str(words.CO_CHAIRS))
    form.offer(organizations(body.neighborhood_id))
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.nominate(body.id, form.command(), by=acting()))
    ):
        flash(_("The office sees whom you have named. What becomes of it stands here."), "success")
        return redirect(url_for(".index", slug=slug))
    return render_template("taskforces/seats/nominations/nominate.html", form=form, body=body)


@bp.route("/nominations/<int:nomination_id>/offer", methods=["GET", "POST"])
@only(Role.CLERK)
def offer(nomination_id: int) -> ResponseReturnValue:
    named = _to_answer(nomination_id)
    body, form = bodies.task_force(named.task_force_slug), OfferForm(**_begun(named))
    form.offer(known := organizations(named.neighborhood_id))
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.offer(nomination_id, form.command(), by=acting()))
    ):
        flash(_("The seat is offered. It is filled once they accept."), "success")
        return redirect(url_for("taskforces.show", slug=named.task_force_slug))
    shown = {"named": named, "body": body, "form": form, "organizations": known, "words": words}
    return render_template("taskforces/seats/nominations/offer.html", **shown)


@bp.route("/nominations/<int:nomination_id>/refuse", methods=["GET", "POST"])
@only(Role.CLERK)
def refuse(nomination_id: int) -> ResponseReturnValue:
    named, form = _to_answer(nomination_id), RefuseForm()
    if form.validate_on_submit() and form.accepted(lambda: _refused(nomination_id, form)):
        flash(_("The seat is not offered. Whoever leads that side reads why."), "success")
        return redirect(url_for(".index", slug=named.task_force_slug))
    return render_template("taskforces/seats/nominations/refuse.html", named=named, form=form, words=words)


@bp.post("/nominations/<int:nomination_id>/take-back")
@signed_in
def take_back(nomination_id: int) -> ResponseReturnValue:
    named = queries.nomination(nomination_id)
    services.take_back(nomination_id, by=acting())
    flash(_("You have taken it back."), "success")
    return redirect(url_for(".index", slug=named.task_force_slug))


def _refused(nomination_id: int, form: RefuseForm) -> bool:
    services.refuse(nomination_id, form.reason.data or "", by=acting())
    return True


def _side(body: TaskForceFacts) -> Side | None:
    return queries.side_chaired(body.id, acting().id, today(body.time_zone))


def _to_answer(nomination_id: int) -> NominationFacts:
    """The nomination, for a clerk who may answer it and while it waits."""
    named = queries.nomination(nomination_id)
    facts = {"nominated_by_id": named.nominated_by_id, "neighborhood_id": named.neighborhood_id}
    ensure_standing(policies.may_answer(acting(), **facts), str(words.CLERKS))
    ensure(named.ending is None, "answered", _("This nomination has been answered or taken back already."))
    return named


def _begun(named: NominationFacts) -> dict[str, Any]:
    """What the form of an offer has from the nomination."""
    body = bodies.task_force(named.task_force_slug)
    begun = {"kind": named.kind.value, "side": named.side.value, "starts_on": today(body.time_zone)}
    return begun | {"organization_id": named.organization_id, "email": queries.address_of(named.id)}
