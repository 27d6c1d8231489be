"""Pages of declared interests: declare one; a clerk says that one is over. Everybody reads them on the task force."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only, signed_in
from app.core.errors import NotFound
from app.core.once import once
from app.taskforces import queries as bodies
from app.taskforces.interests import policies, services, words
from app.taskforces.interests.forms import InterestForm
from app.taskforces.interests.rules import Effect
from app.taskforces.organizations.queries import organizations
from app.taskforces.projects import queries as projects
from app.taskforces.seats import queries as seats

bp = Blueprint("interests", __name__, url_prefix="/task-forces")


@bp.route("/seats/<int:seat_id>/interest", methods=["GET", "POST"])
@signed_in
def declare(seat_id: int) -> ResponseReturnValue:
    seat = seats.seat(seat_id)
    body = bodies.task_force_of(seat.task_force_id)
    if not policies.may_declare(acting(), person_id=seat.person_id, neighborhood_id=body.neighborhood_id):
        raise NotFound
    form = InterestForm()
    form.offer(projects.of_task_forces(body.id), organizations(body.neighborhood_id))
    if form.validate_on_submit() and form.accepted(
        lambda: once(form.once.data, lambda: services.declare(seat_id, form.command(), by=acting()).id)
    ):
        flash(_("Thank you. Everybody can read it from now on."), "success")
        return redirect(url_for("taskforces.show", slug=body.slug, _anchor="interests"))
    return render_template("taskforces/interests/declare.html", form=form, body=body, seat=seat)


@bp.post("/<slug>/interests/<int:interest_id>/end")
@only(Role.CLERK)
def end(slug: str, interest_id: int) -> ResponseReturnValue:
    services.end(interest_id, bodies.task_force(slug).id, by=acting())
    flash(_("The interest counts to the end of today. It stays on record."), "success")
    return redirect(url_for("taskforces.show", slug=slug, _anchor="interests"))


@bp.app_template_filter("interest_effect")
def effect_words(effect: Effect) -> str:
    return str(words.EFFECTS[effect])
