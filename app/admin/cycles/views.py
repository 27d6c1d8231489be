"""Screens for planning, editing and leading cycles."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.admin import queries as office
from app.admin.rules import TakenAt
from app.admin.words import STEPS, WHAT_HAPPENS
from app.core.access import Role, acting, only
from app.core.errors import DomainError, NotFound
from app.core.forms import Form
from app.core.once import once
from app.cycles import policies, queries, services, words
from app.cycles.forms import CycleForm, SummaryAndLateDates
from app.cycles.rules import ORDER, CycleFacts, Stage, reached
from app.places.queries import NeighborhoodFacts, neighborhood

bp = Blueprint("office_cycles", __name__, url_prefix="/office/cycles")


@bp.get("/")
@only(Role.CLERK, Role.OBSERVER)
def index() -> str:
    """The cycles this person leads or watches."""
    me = acting()
    return render_template(
        "admin/cycles/index.html", cycles=office.cycles_of(me), neighborhoods=office.own_neighborhoods(me)
    )


@bp.route("/new/<slug>", methods=["GET", "POST"])
@only(Role.CLERK)
def create(slug: str) -> ResponseReturnValue:
    """Plan a cycle."""
    where = _own_neighborhood(slug)
    form = CycleForm()
    if form.validate_on_submit():
        made = form.accepted(lambda: once(form.once.data or "", lambda: _create(form, where)))
        if made is not None:
            flash(_("The cycle is planned. It is a draft until you publish it."), "success")
            return redirect(url_for(".show", cycle_id=made))
    return render_template("admin/cycles/create.html", form=form, where=where)


@bp.get("/<int:cycle_id>")
@only(Role.CLERK, Role.OBSERVER)
def show(cycle_id: int) -> str:
    """A cycle's stages as steps, and the next one with what it needs."""
    cycle = _cycle(cycle_id)
    may_lead = policies.may_edit(acting(), cycle.neighborhood_id)
    road = [(stage, words.STAGES[stage], reached(cycle.stage, stage)) for stage in ORDER]
    return render_template(
        "admin/cycles/show.html",
        cycle=cycle,
        next=office.next_step(cycle),
        may_lead=may_lead,
        road=road,
        steps=STEPS,
        words=words,
        places=TakenAt,
        is_fixed=reached(cycle.stage, Stage.BALLOT_FIXED),
        is_closed=cycle.stage is Stage.CLOSED,
    )


@bp.route("/<int:cycle_id>/edit", methods=["GET", "POST"])
@only(Role.CLERK)
def edit(cycle_id: int) -> ResponseReturnValue:
    """Edit a cycle; once the ballot is fixed, only what decides nothing."""
    cycle = _cycle(cycle_id)
    is_fixed = reached(cycle.stage, Stage.BALLOT_FIXED)
    form = SummaryAndLateDates() if is_fixed else CycleForm()
    if not form.is_submitted():
        form.fill(cycle)
    if form.validate_on_submit():
        command = form.command() if isinstance(form, CycleForm) else form.after_ballot(cycle)
        if form.accepted(lambda: services.edit(cycle_id, command, by=acting())) is not None:
            flash(_("Your changes are saved."), "success")
            return redirect(url_for(".show", cycle_id=cycle_id))
    return render_template("admin/cycles/edit.html", form=form, cycle=cycle, is_fixed=is_fixed, words=words)


@bp.route("/<int:cycle_id>/step/<to>", methods=["GET", "POST"])
@only(Role.CLERK)
def step(cycle_id: int, to: str) -> ResponseReturnValue:
    """Ask once, then take a step of the office; the steps of the vote are taken by its board."""
    cycle, stage = _cycle(cycle_id), _stage(to)
    form = Form()
    if form.validate_on_submit():
        if cycle.stage is not stage:
            _refuse_hindered(cycle)
            services.step(cycle_id, stage, by=acting())
        flash(_("The cycle is now at “%(stage)s”.", stage=words.STAGES[stage]), "success")
        return redirect(url_for(".show", cycle_id=cycle_id))
    return render_template(
        "admin/cycles/step.html",
        cycle=cycle,
        form=form,
        label=STEPS[stage],
        what_happens=WHAT_HAPPENS[stage],
        next=office.next_step(cycle),
    )


def _own_neighborhood(slug: str) -> NeighborhoodFacts:
    where = neighborhood(slug)
    if not policies.may_create(acting(), where.id):
        raise NotFound
    return where


def _create(form: CycleForm, where: NeighborhoodFacts) -> int:
    return services.create(form.create(where.id), by=acting()).id


def _cycle(cycle_id: int) -> CycleFacts:
    cycle = queries.facts(cycle_id, drafts=True)
    if not policies.may_see_draft(acting(), cycle.neighborhood_id):
        raise NotFound
    return cycle


def _stage(word: str) -> Stage:
    if word not in [stage.value for stage in WHAT_HAPPENS]:
        raise NotFound
    return Stage(word)


def _refuse_hindered(cycle: CycleFacts) -> None:
    coming = office.next_step(cycle)
    if coming is not None and coming.why_not:
        raise DomainError("not_yet", " ".join(coming.why_not))
