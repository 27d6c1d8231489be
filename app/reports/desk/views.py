"""Pages of the desk, and the doors to it on the pages of what reports are about."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Role, acting, current_actor, only
from app.core.errors import NotFound
from app.places import queries as places
from app.reports import policies, queries, words
from app.reports.commenting import queries as commenting
from app.reports.desk import pages, services
from app.reports.desk import queries as desk
from app.reports.desk.forms import BatchForm
from app.reports.desk.rules import Outcome, line_of
from app.reports.duties import queries as duties
from app.reports.duties import words as duty_words
from app.reports.queries import EditionRow
from app.reports.rules import Line, ReportKind, Subject

bp = Blueprint("report_desk", __name__, url_prefix="/office/reports")


@bp.route("", methods=["GET", "POST"])
@only(Role.CLERK)
def index() -> ResponseReturnValue:
    around = desk.places_of(acting())
    owed = desk.owed(around, page=request.args.get("page", 1, type=int))
    ready = [row.duty for row in owed.items if row.goes_with_others]
    form = BatchForm().offer((each.line, words.full_name(each.line, each.subject)) for each in ready)
    if form.validate_on_submit():
        _tell(services.publish_all(form.ticked(), by=acting()))
        return redirect(url_for(".index"))
    return render_template(
        "reports/desk/index.html",
        owed=owed,
        around=around,
        drafts=commenting.waiting([place.id for place in around]),
        under_way=desk.under_way(around),
        form=form,
        words=words,
        duty_words=duty_words,
    )


@bp.get("/preview/<path:key>")
@only(Role.CLERK)
def preview(key: str) -> str:
    line = _line(key)
    subject = queries.subject_of(line)
    if not policies.may_publish(acting(), subject.neighborhood_id):
        raise NotFound
    return render_template(
        "reports/desk/preview.html",
        blocks=desk.blocks_of(line),
        publish=publish_address(line),
        words=words,
        **pages.preview(line),
    )


@bp.app_template_global("publish_address")
def publish_address(line: Line) -> str:
    """Where a report is published."""
    first = line.period.first_on if line.period else None
    return url_for("reports.publish", kind=line.kind.value, subject_id=line.subject_id, first=first)


@bp.app_template_global("report_doors")
def doors(subject: str, subject_id: int, neighborhood_id: int) -> list[tuple[str, str]]:
    """What a clerk may publish about a thing, and where; nothing for anybody else."""
    if not policies.may_publish(current_actor(), neighborhood_id):
        return []
    where = next(place for place in places.neighborhoods() if place.id == neighborhood_id)
    lines = desk.lines_about(Subject(subject), subject_id, duties.here(where))
    found = [(words.name_of(line), publish_address(line)) for line in lines]
    if subject == Subject.CYCLE:
        found.append((str(words.KINDS[ReportKind.LETTER]), url_for("letters.index", cycle_id=subject_id)))
    return found


@bp.app_template_global("report_editions")
def editions(subject: str, subject_id: int) -> list[EditionRow]:
    """The newest public edition of each report about a thing."""
    return desk.newest_about(Subject(subject), subject_id)


@bp.app_template_global("editions_of_line")
def of_line(line: Line) -> list[EditionRow]:
    """All editions of a report, the newest first."""
    return queries.of_line(line)


@bp.app_template_global("report_name")
def name(line: Line) -> str:
    """What it is called where its subject is plain."""
    return words.name_of(line)


@bp.app_template_global("due_of_report")
def due_of(line: Line, neighborhood_id: int) -> date | None:
    """The day by which a report is due; None where none is set."""
    found = duties.one(line, neighborhood_id)
    return found.due_on if found else None


def _line(key: str) -> Line:
    try:
        return line_of(key)
    except ValueError as reason:
        raise NotFound from reason


def _tell(outcomes: list[Outcome]) -> None:
    made = sum(each.edition_id is not None for each in outcomes)
    if made:
        told = ngettext(
            "%(num)s report is frozen. Its PDFs are being made.",
            "%(num)s reports are frozen. Their PDFs are being made.",
            made,
        )
        flash(told, "success")
    for each in outcomes:
        if each.edition_id is None:
            flash(_("%(report)s: %(why)s", report=words.name_of(each.line), why=each.refused), "error")
