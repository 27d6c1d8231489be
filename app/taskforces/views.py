"""Pages of task forces: the list, one with its seats, charter and projects; clerks change its charter and its stage."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public
from app.core.clock import today
from app.core.errors import ensure_standing
from app.places.queries import areas, neighborhood
from app.taskforces import pages, policies, queries, services, words
from app.taskforces.forms import CharterForm, DissolveForm
from app.taskforces.queries import TaskForceFacts
from app.taskforces.rules import BodyStage, Impairment
from app.taskforces.seats import queries as seats
from app.taskforces.seats.offers import queries as offers

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
        asked=offers.waiting_for(actor.id) if actor is not None else [],
        sits=actor is not None and bool(seats.held_by(actor.id, today())),
    )


@bp.get("/<slug>")
@public
def show(slug: str) -> str:
    body = queries.task_force(slug)
    around = pages.everything(body, current_actor(), today(body.time_zone))
    return render_template("taskforces/show.html", body=body, **around)


@bp.route("/<slug>/charter", methods=["GET", "POST"])
@only(Role.CLERK)
def charter(slug: str) -> ResponseReturnValue:
    body = _kept(slug)
    form, where = CharterForm(), neighborhood(body.neighborhood_slug)
    form.areas([(where, areas(where.id))])
    if not form.is_submitted():
        form.fill(body)
    if form.validate_on_submit() and form.accepted(lambda: _written(body, form)):
        flash(_("Your changes are saved."), "success")
        return redirect(url_for(".show", slug=slug))
    return render_template("taskforces/charter.html", form=form, body=body)


@bp.post("/<slug>/constitute")
@only(Role.CLERK)
def constitute(slug: str) -> ResponseReturnValue:
    services.constitute(_kept(slug).id, by=acting())
    flash(_("The task force is constituted. It can be given projects now."), "success")
    return redirect(url_for(".show", slug=slug))


@bp.route("/<slug>/dissolve", methods=["GET", "POST"])
@only(Role.CLERK)
def dissolve(slug: str) -> ResponseReturnValue:
    body = _kept(slug)
    form = DissolveForm()
    others = queries.task_forces(body.neighborhood_id)
    form.offer([each for each in others if each.id != body.id and each.takes_projects])
    if form.validate_on_submit() and form.accepted(lambda: _dissolved(body, form)):
        flash(_("The task force is dissolved. Its page stays."), "success")
        return redirect(url_for(".show", slug=slug))
    left = len(queries.unfinished(body.id))
    return render_template("taskforces/dissolve.html", form=form, body=body, left=left)


@bp.app_template_filter("body_stage")
def stage_words(stage: BodyStage) -> str:
    return str(words.STAGES[stage])


@bp.app_template_filter("body_tone")
def stage_tone(stage: BodyStage) -> str:
    return words.TONES[stage]


@bp.app_template_filter("impairment")
def impairment_words(because: Impairment) -> str:
    return str(words.IMPAIRED[because])


def _written(body: TaskForceFacts, form: CharterForm) -> bool:
    services.write_charter(body.id, form.command(), by=acting())
    return True


def _dissolved(body: TaskForceFacts, form: DissolveForm) -> bool:
    services.dissolve(body.id, form.command(), by=acting())
    return True


def _kept(slug: str) -> TaskForceFacts:
    body = queries.task_force(slug)
    message = _("Only a clerk here can set up, constitute or dissolve a task force.")
    ensure_standing(policies.may_constitute(acting(), body.neighborhood_id), message)
    return body
