"""A task force's promises for a quarter: everybody reads them, its co-chairs write and mark them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.clock import today
from app.core.errors import NotFound
from app.core.moments import asked_day
from app.reports import words as report_words
from app.reports.progress.promises import policies, queries, services, words
from app.reports.progress.promises.forms import MarkForm, PromiseForm
from app.reports.progress.promises.queries import PromiseRow
from app.reports.progress.promises.rules import next_quarter, quarter_of
from app.reports.rules import Period, ReportKind, period_before
from app.taskforces import queries as bodies
from app.taskforces.projects import queries as projects
from app.taskforces.queries import TaskForceFacts

bp = Blueprint("quarter_promises", __name__, url_prefix="/reports/promises")


@bp.get("/<slug>")
@public
def show(slug: str) -> str:
    body = bodies.task_force(slug)
    return _page(body, _form(body))


@bp.post("/<slug>")
@signed_in
def promise(slug: str) -> ResponseReturnValue:
    body, period = bodies.task_force(slug), _asked()
    form = _form(body)
    if form.validate_on_submit() and form.accepted(
        lambda: services.promise(body.id, form.command(next_quarter(period).first_on), by=acting())
    ):
        flash(_("Promised. The next report says what became of it."), "success")
        return redirect(url_for(".show", slug=slug, first=period.first_on))
    return _page(body, form)


@bp.route("/<slug>/<int:promise_id>/mark", methods=["GET", "POST"])
@signed_in
def mark(slug: str, promise_id: int) -> ResponseReturnValue:
    body, period = bodies.task_force(slug), _asked()
    row = _one(body, period, promise_id)
    if not _may_promise(body):
        raise NotFound
    form = MarkForm(kept=row.kept.value if row.kept else None, line=row.line)
    if form.validate_on_submit():
        before = len(form.errors)
        form.accepted(lambda: services.mark(promise_id, form.command(), by=acting()))
        if len(form.errors) == before:
            flash(_("Thank you. It will be printed as you said it."), "success")
            return redirect(url_for(".show", slug=slug, first=period.first_on))
    return render_template(
        "reports/progress/promises/mark.html", body=body, period=period, name=_named(period), row=row, form=form
    )


@bp.post("/<slug>/<int:promise_id>/back")
@signed_in
def take_back(slug: str, promise_id: int) -> ResponseReturnValue:
    services.take_back(promise_id, by=acting())
    flash(_("It is taken back."), "success")
    return redirect(url_for(".show", slug=slug, first=_asked().first_on))


def _form(body: TaskForceFacts) -> PromiseForm:
    return PromiseForm().offer(projects.of_task_forces(body.id))


def _page(body: TaskForceFacts, form: PromiseForm) -> str:
    period = _asked()
    before, following = period_before(ReportKind.PROGRESS, period), next_quarter(period)
    return render_template(
        "reports/progress/promises/show.html",
        body=body,
        period=period,
        quarter=queries.quarter(body.id, period),
        names=[_named(each) for each in (before, period, following)],
        around=(before.first_on, following.first_on),
        form=form,
        words=words,
        may_promise=_may_promise(body),
    )


def _may_promise(body: TaskForceFacts) -> bool:
    return policies.may_promise(current_actor(), queries.chair_ids(body.id, today(body.time_zone)))


def _asked() -> Period:
    """The quarter in the address; without one the quarter that is running."""
    return quarter_of(request.args.get("first", type=asked_day) or today("UTC"))


def _one(body: TaskForceFacts, period: Period, promise_id: int) -> PromiseRow:
    for row in queries.quarter(body.id, period).told:
        if row.id == promise_id:
            return row
    raise NotFound


def _named(period: Period) -> str:
    return report_words.named(ReportKind.PROGRESS, period)
