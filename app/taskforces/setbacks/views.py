"""Pages of setbacks: the public register, one setback, and what people and the task force say about it."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.clock import today
from app.core.limits import count_try
from app.core.once import once
from app.core.paging import part_of
from app.taskforces.setbacks import policies, queries, services, words
from app.taskforces.setbacks.effects import services as effects
from app.taskforces.setbacks.forms import AcknowledgeForm, AnalyseForm, CheckForm, RegisterForm, ReportForm, TellForm
from app.taskforces.setbacks.planning import queries as planning
from app.taskforces.setbacks.queries import SetbackRow
from app.taskforces.setbacks.rules import Deed, RootCause, SetbackStage, Severity, Source
from app.taskforces.setbacks.services import About
from app.translating import queries as translations

bp = Blueprint("setbacks", __name__, url_prefix="/setbacks")


@bp.get("/")
@public
def index() -> str:
    filters, there = RegisterForm(request.args), queries.register()
    filters.offer(there)
    found = queries.register(filters.wanted(), there)
    page = part_of(found, number=request.args.get("page", 1, int), size=20)
    kept = {name: value for name, value in request.args.items() if name != "page" and value}
    here = {row.time_zone: today(row.time_zone) for row in found}
    return render_template(
        "taskforces/setbacks/index.html",
        filters=filters,
        page=page,
        kept=kept,
        here=here,
        overdue=sum(row.overdue(here[row.time_zone]) for row in found),
    )


@bp.get("/<int:setback_id>")
@public
def show(setback_id: int) -> str:
    setback = queries.setback(setback_id)
    here, actor = today(setback.time_zone), current_actor()
    body_id, project_id = setback.task_force_id, setback.project_id
    mine = queries.standing(actor, body_id, setback.neighborhood_id, here, project_id=project_id)
    may = {deed.value: policies.may(deed, mine) for deed in Deed}
    texts = [setback.description, setback.effect, setback.cause, setback.cause_evidence, setback.accepted_because]
    return render_template(
        "taskforces/setbacks/show.html",
        setback=setback,
        translations=translations.beside(setback.neighborhood_id, texts, str(get_locale())),
        today=here,
        may=may,
        side=mine.side,
        told=queries.told(setback_id) if may[Deed.READ_REPORT] else None,
        by_rule=words.by_rule(setback.rule, setback.facts),
        agreements=planning.agreements(setback),
    )


@bp.route("/tell/<any('project', 'task-force'):kind>/<int:about_id>", methods=["GET", "POST"])
@public
def tell(kind: str, about_id: int) -> ResponseReturnValue:
    facts, form, actor = services.facts_of(_about(kind, about_id)), TellForm(), current_actor()
    if form.validate_on_submit():
        whom = f"person {actor.id}" if actor else f"place {request.remote_addr}"
        count_try("tell-setback", whom, limit=10 if actor else 5, window=timedelta(days=1))
        told = form.told.data or ""
        setback_id = once(form.once.data, lambda: services.tell(_about(kind, about_id), told, by=actor).id)
        flash(_("Thank you. Both co-chairs are told, and this page shows what they do about it."), "success")
        return _to(setback_id)
    openly = services.may_report(_about(kind, about_id), actor)
    return render_template("taskforces/setbacks/tell.html", form=form, about=facts, kind=kind, openly=openly)


@bp.route("/report/<any('project', 'task-force'):kind>/<int:about_id>", methods=["GET", "POST"])
@signed_in
def report(kind: str, about_id: int) -> ResponseReturnValue:
    about = _about(kind, about_id)
    facts = services.facts_of(about, by=acting())
    form = ReportForm(found_on=facts.on)
    if form.validate_on_submit():
        key, command = form.once.data or "", form.command()
        setback_id = form.accepted(lambda: once(key, lambda: services.report(about, command, by=acting()).id))
        if setback_id is not None:
            flash(_("The setback is public."), "success")
            return _to(setback_id)
    return render_template("taskforces/setbacks/report.html", form=form, about=facts, kind=kind)


@bp.route("/<int:setback_id>/acknowledge", methods=["GET", "POST"])
@signed_in
def acknowledge(setback_id: int) -> ResponseReturnValue:
    setback = _mine(setback_id, Deed.ACKNOWLEDGE)
    said = setback.description or (words.by_rule(setback.rule, setback.facts) if "expected_on" in setback.facts else "")
    known = {"title": setback.title if said or setback.rule else "", "description": said}
    form = AcknowledgeForm(data={**known, "effect": setback.effect, "severity": setback.severity})
    if form.validate_on_submit() and form.accepted(
        lambda: services.acknowledge(setback_id, form.command(), by=acting()), keeps=True
    ):
        flash(_("It is acknowledged. Next: find out what caused it."), "success")
        return _to(setback_id)
    told = queries.told(setback_id)
    return render_template("taskforces/setbacks/acknowledge.html", form=form, setback=setback, told=told)


@bp.route("/<int:setback_id>/cause", methods=["GET", "POST"])
@signed_in
def analyse(setback_id: int) -> ResponseReturnValue:
    setback, form = _mine(setback_id, Deed.ANALYSE), AnalyseForm()
    if form.validate_on_submit() and form.accepted(
        lambda: services.analyse(setback_id, form.command(), by=acting()), keeps=True
    ):
        flash(_("The cause is public. Next: agree on what is done about it."), "success")
        return _to(setback_id)
    return render_template("taskforces/setbacks/analyse.html", form=form, setback=setback)


@bp.route("/<int:setback_id>/effect", methods=["GET", "POST"])
@signed_in
def check(setback_id: int) -> ResponseReturnValue:
    setback, form = _mine(setback_id, Deed.CHECK), CheckForm()
    if form.validate_on_submit() and form.accepted(
        lambda: effects.check(setback_id, form.command(), by=acting()), keeps=True
    ):
        flash(_("What you measured is public. The other side concludes from it."), "success")
        return _to(setback_id)
    return render_template("taskforces/setbacks/check.html", form=form, setback=setback)


@bp.post("/<int:setback_id>/conclude")
@signed_in
def conclude(setback_id: int) -> ResponseReturnValue:
    setback = effects.conclude(setback_id, by=acting())
    resolved = setback.stage is SetbackStage.RESOLVED
    flash(_("The setback is resolved.") if resolved else _("The plan did not help. A new one is due."), "success")
    return _to(setback_id)


@bp.post("/<int:setback_id>/take-up")
@signed_in
def take_up(setback_id: int) -> ResponseReturnValue:
    services.take_up(setback_id, by=acting())
    flash(_("It is taken up again. Next: find out what caused it."), "success")
    return _to(setback_id)


@bp.app_template_filter("setback_stage")
def stage_words(stage: SetbackStage) -> str:
    return str(words.STAGES[stage])


@bp.app_template_filter("setback_tone")
def stage_tone(stage: SetbackStage) -> str:
    return words.TONES[stage]


@bp.app_template_filter("setback_due")
def due_words(stage: SetbackStage) -> str:
    return str(words.DUE[stage])


@bp.app_template_filter("setback_source")
def source_words(source: Source) -> str:
    return str(words.SOURCES[source])


@bp.app_template_filter("severity")
def severity_words(severity: Severity) -> str:
    return str(words.SEVERITIES[severity])


@bp.app_template_filter("root_cause")
def root_cause_words(tag: str) -> str:
    return str(words.ROOT_CAUSES[RootCause(tag)])


def _about(kind: str, about_id: int) -> About:
    return About(project_id=about_id) if kind == "project" else About(task_force_id=about_id)


def _mine(setback_id: int, deed: Deed) -> SetbackRow:
    setback = queries.setback(setback_id)
    services.ensure_open_to(setback, deed, by=acting())
    return setback


def _to(setback_id: int) -> ResponseReturnValue:
    return redirect(url_for("setbacks.show", setback_id=setback_id))
