"""Milestones as a table and as a calendar, for everybody; and the page on which a plan comes as a table."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.core.access import acting, public, signed_in
from app.core.calendars import calendar
from app.core.clock import today
from app.core.once import once
from app.taskforces.projects import queries
from app.taskforces.projects.promises.services import PlanMilestone, plan_all
from app.taskforces.projects.promises.views import led
from app.taskforces.projects.rules import Act
from app.taskforces.projects.sheets import queries as sheets
from app.taskforces.projects.sheets import rules, words
from app.taskforces.projects.sheets.forms import TableForm
from app.taskforces.projects.sheets.rules import BadFile, Planned, RowFault

bp = Blueprint("sheets", __name__, url_prefix="/projects/<int:project_id>")
PRODUCT = "-//Lamplight//Milestones//EN"


@bp.get("/milestones.csv")
@public
def table(project_id: int) -> Response:
    project = queries.project(project_id)
    text = rules.write(sheets.table(project, today(project.time_zone)))
    return _sent(text, "text/csv", f"{project.code}-milestones.csv")


@bp.get("/milestones.ics")
@public
def days(project_id: int) -> Response:
    project = queries.project(project_id)
    site = current_app.config["SITE_URL"].rstrip("/")
    page = site + url_for("projects.show", project_id=project_id)
    found = sheets.days(project, url=page, host=urlsplit(site).hostname or "lamplight")
    return _sent(calendar(project.title, found, product=PRODUCT), "text/calendar", f"{project.code}.ics")


@bp.route("/plan/table", methods=["GET", "POST"])
@signed_in
def bring(project_id: int) -> ResponseReturnValue:
    project, form = led(project_id, Act.PLAN), TableForm()
    good: list[Planned] = []
    bad: list[rules.Refused] = []
    if form.validate_on_submit():
        text = form.table()
        try:
            good, bad = rules.read(text, today=today(project.time_zone))
        except BadFile as reason:
            form.text.errors = [str(words.FILES[reason.fault])]
        form.text.data = text
        if good and not bad and request.form.get("add") == "yes":
            return _added(project_id, form, good)
    shown = {"project": project, "form": form, "good": good, "bad": bad}
    return render_template("taskforces/projects/sheets/bring.html", **shown)


@bp.app_template_filter("row_fault")
def fault_words(fault: RowFault) -> str:
    return str(words.ROWS[fault])


def _added(project_id: int, form: TableForm, good: list[Planned]) -> ResponseReturnValue:
    commands = [
        PlanMilestone(
            title=row.title,
            done_means=row.done_means,
            baseline_on=row.promised_on,
            kind=row.kind,
            lead=row.lead,
            needs=row.needs,
        )
        for row in good
    ]
    count = once(form.once.data, lambda: plan_all(project_id, commands, by=acting()))
    flash(ngettext("%(num)s milestone is in the plan.", "%(num)s milestones are in the plan.", count))
    return redirect(url_for("milestones.plan", project_id=project_id))


def _sent(text: str, kind: str, name: str) -> Response:
    answer = Response(text, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-cache"
    return answer
