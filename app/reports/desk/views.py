"""Pages of the desk, and the doors to it on the pages of what reports are about."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound
from app.reports import policies, queries, words
from app.reports.commenting import queries as commenting
from app.reports.desk import pages, services
from app.reports.desk import queries as desk
from app.reports.desk import words as desk_words
from app.reports.desk.forms import BatchForm
from app.reports.desk.rules import Outcome, line_of
from app.reports.duties import words as duty_words
from app.reports.rules import Line
from app.taskforces.seats.words import SIDES

bp = Blueprint("report_desk", __name__, url_prefix="/office/reports")


@bp.route("", methods=["GET", "POST"])
@only(Role.CLERK)
def index() -> ResponseReturnValue:
    around = desk.places_of(acting())
    owed = desk.owed(around, page=request.args.get("page", 1, type=int))
    form = BatchForm().offer((row.duty.line, desk_words.choice(row)) for row in owed.items if row.goes_with_others)
    if form.validate_on_submit():
        _tell(services.publish_all(form.ticked(), by=acting()))
        return redirect(url_for(".index"))
    return render_template(
        "reports/desk/index.html",
        owed=owed,
        around=around,
        drafts=commenting.waiting([place.id for place in around]),
        under_way=desk.under_way(around),
        letters=desk.letters(around),
        sides=SIDES,
        form=form,
        words=words,
        duty_words=duty_words,
        publish_address=pages.publish_address,
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
        publish=pages.publish_address(line),
        words=words,
        **pages.preview(line),
    )


def _line(key: str) -> Line:
    try:
        return line_of(key)
    except ValueError as reason:
        raise NotFound from reason


def _tell(outcomes: list[Outcome]) -> None:
    done = [each for each in outcomes if each.edition_id is not None]
    for said in desk_words.done(done):
        flash(said, "success")
    for each in outcomes:
        if each.edition_id is None:
            name = words.full_name(each.line, each.subject) if each.subject else words.name_of(each.line)
            flash(_("%(report)s: %(why)s", report=name, why=each.refused), "error")
