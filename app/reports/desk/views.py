"""Pages of the desk, and of a report as it would be."""

from typing import Any

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
from app.reports.desk.queries import Owed, Row
from app.reports.desk.rules import Outcome
from app.reports.duties import words as duty_words
from app.reports.previews import pages as previews
from app.reports.rules import ReportKind, line_of
from app.taskforces.seats.words import SIDES

bp = Blueprint("report_desk", __name__, url_prefix="/office/reports")


@bp.route("", methods=["GET", "POST"])
@only(Role.CLERK)
def index() -> ResponseReturnValue:
    around, asked = desk.places_of(acting()), request.args.get("kind", "")
    kind = ReportKind(asked) if asked in list(ReportKind) else None
    kept: dict[str, Any] = {"kind": kind.value} if kind else {}
    owed = desk.owed(around, page=request.args.get("page", 1, type=int), kind=kind)
    form = BatchForm().offer((row.duty.line, words.full_name(row.duty.line, row.duty.subject)) for row in _ready(owed))
    if form.validate_on_submit():
        _tell(services.publish_all(form.ticked(), by=acting()))
        return redirect(url_for(".index", **kept))
    return render_template(
        "reports/desk/index.html",
        owed=owed.page,
        around=around,
        drafts=commenting.waiting([place.id for place in around]),
        kinds=owed.kinds,
        kind=kind,
        kept=kept,
        under_way=desk.under_way(around),
        letters=desk.letters(around),
        form=form,
        **_WORDS,
    )


@bp.get("/preview/<path:key>")
@only(Role.CLERK)
def preview(key: str) -> str:
    line = line_of(key)
    subject = queries.subject_of(line)
    if not policies.may_publish(acting(), subject.neighborhood_id):
        raise NotFound
    return render_template(
        "reports/desk/preview.html",
        blocks=desk.blocks_of(line),
        publish=pages.publish_address(line),
        words=words,
        **previews.preview(line),
    )


def _ready(owed: Owed) -> list[Row]:
    return [row for row in owed.page.items if row.goes_with_others]


def _tell(outcomes: list[Outcome]) -> None:
    done = [each for each in outcomes if each.edition_id is not None]
    for said in desk_words.done(done):
        flash(said, "success")
    for each in outcomes:
        if each.edition_id is None:
            name = words.full_name(each.line, each.subject) if each.subject else words.name_of(each.line)
            flash(_("%(report)s: %(why)s", report=name, why=each.refused), "error")


_WORDS = {"words": words, "duty_words": duty_words, "sides": SIDES, "publish_address": pages.publish_address}
