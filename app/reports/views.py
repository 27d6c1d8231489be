"""Pages of reports: the library, each edition as a page and as PDFs, publishing, and checking a printed code."""

from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core import files
from app.core.access import Role, acting, current_actor, only, public
from app.core.clock import today
from app.core.errors import NotFound
from app.core.moments import asked_day
from app.places import queries as places
from app.reports import pages, policies, queries, services, words
from app.reports.commenting import queries as commenting
from app.reports.desk.pages import publish_address
from app.reports.duties import queries as duties
from app.reports.duties import words as duty_words
from app.reports.forms import LibraryForm, PublishForm, WithdrawForm
from app.reports.languages import queries as languages
from app.reports.queries import EditionDetail, SubjectFacts
from app.reports.rules import FORMS, EditionStage, Form, Line, ReportKind, media_type, period_of
from app.reports.signing_off import queries as signing_off

bp = Blueprint("reports", __name__, url_prefix="/reports")
FIRST_YEAR = 2020


@bp.get("/")
@public
def index() -> str:
    shelves = places.neighborhoods()
    around = {place.id: place.name for place in shelves}
    years = list(range(today("UTC").year, FIRST_YEAR, -1))
    form = LibraryForm(request.args, years=years, neighborhoods=around)
    asked = form.asked() if form.validate() else {}
    found = queries.editions(page=request.args.get("page", 1, type=int), **asked)
    kept = {name: value for name, value in request.args.items() if name != "page"}
    return render_template(
        "reports/index.html",
        editions=found,
        form=form,
        kept=kept,
        shelves=shelves,
        words=words,
        drafts=commenting.open_now(),
    )


@bp.get("/<int:edition_id>")
@public
def show(edition_id: int) -> ResponseReturnValue:
    edition = _readable(edition_id)
    given = {} if edition.row.stage is EditionStage.WITHDRAWN else pages.shown(edition)
    page = render_template(
        "reports/show.html",
        **{"edition": edition.row, **given},
        detail=edition,
        may_publish=policies.may_publish(current_actor(), edition.row.neighborhood_id),
        so_far=queries.of_line(edition.row.line),
        publish_at=publish_address(edition.row.line),
        agreement_id=signing_off.asked_in(edition_id) if edition.row.stage is EditionStage.SIGNING else None,
        is_unprinted=edition_id in queries.unprinted([edition_id]),
        words=words,
    )
    if edition.row.stage is EditionStage.RENDERING:
        return page, {"Refresh": "5"}
    return page


@bp.get("/code/<code>")
@public
def by_code(code: str) -> ResponseReturnValue:
    """Where QR codes and printed addresses lead, for good."""
    try:
        edition_id = queries.id_of_code(code)
    except NotFound:
        return render_template("reports/checking/no_code.html", code=code), 404
    return redirect(url_for(".show", edition_id=edition_id))


@bp.get("/<int:edition_id>.pdf")
@public
def download(edition_id: int) -> ResponseReturnValue:
    edition = _readable(edition_id).row
    asked = request.args.get("language", str(get_locale()))
    language = asked if asked in edition.languages else edition.languages[0]
    form = next((form for form in Form if form.value == request.args.get("form")), _usual(edition.stage))
    if edition.stage not in (EditionStage.PUBLISHED, EditionStage.SIGNING):
        raise NotFound
    content = BytesIO(files.load(queries.file_of(edition_id, language, form).file_hash))
    part = "" if form is Form.READERS else f"-{form}"
    ending = "txt" if form is Form.TEXT else "pdf"
    return send_file(content, mimetype=media_type(form), download_name=f"{edition.code}-{language}{part}.{ending}")


@bp.get("/<int:edition_id>.json")
@public
def data(edition_id: int) -> ResponseReturnValue:
    edition = _readable(edition_id)
    if edition.row.stage is EditionStage.WITHDRAWN:
        raise NotFound
    return edition.text, {"Content-Type": "application/json"}


@bp.route("/publish/<kind>/<int:subject_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def publish(kind: str, subject_id: int) -> ResponseReturnValue:
    line = _line(kind, subject_id, request.args.get("first", type=asked_day))
    document, subject = pages.document_of(line.kind), queries.subject_of(line)
    editions = queries.of_line(line)
    standings = languages.told(line, subject.printed_in)
    ready = [each.language for each in standings if each.is_ready]
    form = PublishForm().offer(ready, is_first=not editions)
    if form.validate_on_submit():
        edition_id = form.accepted(lambda: services.publish(form.command(line), by=acting()))
        if edition_id is not None:
            flash(str(words.FROZEN_TO_SIGN if document.is_signed else words.FROZEN))
            return redirect(url_for(".show", edition_id=edition_id))
    return render_template(
        "reports/publish.html", form=form, editions=editions, standings=standings, **_before_publishing(line, subject)
    )


def _before_publishing(line: Line, subject: SubjectFacts) -> dict[str, Any]:
    """What a clerk is told of a report before it is published: when it is due, and what keeps it back."""
    return {
        "line": line,
        "subject": subject,
        "words": words,
        "name": words.KINDS[line.kind],
        "duty": duties.one(line, subject.neighborhood_id),
        "duty_words": duty_words,
        "is_signed": pages.document_of(line.kind).is_signed,
        "period": words.named(line.kind, line.period),
        "blocks": commenting.blocks_of(line),
        "allowed": policies.may_publish(current_actor(), subject.neighborhood_id),
        **commenting.around(line),
    }


@bp.post("/<int:edition_id>/retry")
@only(Role.CLERK)
def retry(edition_id: int) -> ResponseReturnValue:
    services.retry(edition_id, by=acting())
    flash(_("The PDFs are being made again."))
    return redirect(url_for(".show", edition_id=edition_id))


@bp.post("/<int:edition_id>/drop")
@only(Role.CLERK)
def drop(edition_id: int) -> ResponseReturnValue:
    services.drop(edition_id, by=acting())
    flash(_("The edition was given up. Its number is free for the next one."))
    return redirect(url_for(".index"))


@bp.route("/<int:edition_id>/withdraw", methods=["GET", "POST"])
@only(Role.CLERK)
def withdraw(edition_id: int) -> ResponseReturnValue:
    edition = _readable(edition_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        services.withdraw(edition_id, form.reason.data or "", by=acting())
        flash(_("The edition is withdrawn. Its page stays and says why."))
        return redirect(url_for(".show", edition_id=edition_id))
    return render_template("reports/withdraw.html", edition=edition.row, form=form)


def _readable(edition_id: int) -> EditionDetail:
    """The edition, if whoever asks may read it; NotFound else."""
    edition = queries.detail(edition_id)
    row = edition.row
    author_id = None if row.nature.is_public else queries.subject_of(row.line).author_id
    may_read = policies.may_read(
        current_actor(),
        is_public=row.nature.is_public,
        neighborhood_id=row.neighborhood_id,
        author_id=author_id,
    )
    if not may_read:
        raise NotFound
    return edition


def _line(kind: str, subject_id: int, first_on: date | None) -> Line:
    if kind not in list(ReportKind):
        raise NotFound
    known = ReportKind(kind)
    period = period_of(known, first_on or today("UTC"))
    if period is not None and first_on is None:
        raise NotFound
    return Line(kind=known, subject_id=subject_id, period=period)


def _usual(stage: EditionStage) -> Form:
    return FORMS[0] if stage is EditionStage.PUBLISHED else Form.DRAFT
