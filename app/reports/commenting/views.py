"""Pages of drafts that lie open: the draft with its comments, and what clerks and co-chairs do with them."""

from datetime import timedelta
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core.access import Role, acting, current_actor, only, public, signed_in
from app.core.clock import today
from app.core.errors import NotFound, ensure_standing
from app.core.limits import count_try
from app.core.once import once
from app.core.printing import press
from app.cycles import queries as cycles
from app.reports import pages
from app.reports import words as report_words
from app.reports.commenting import policies, queries, services, words
from app.reports.commenting.forms import AnswerForm, DaysForm, ReadForm, SayForm
from app.reports.commenting.queries import CommentRow, WindowRow
from app.reports.commenting.rules import A_DAY, Verdict
from app.reports.desk.pages import publish_address
from app.reports.previews import pages as previews
from app.reports.rules import Form, line_of

PAPERS_A_DAY = 30
"""How many one clerk can have made in a day."""
bp = Blueprint("commenting", __name__, url_prefix="/reports/drafts")


@bp.get("/<int:window_id>")
@public
def show(window_id: int) -> str:
    return _page(_window(window_id), SayForm())


@bp.get("/<int:window_id>.pdf")
@only(Role.CLERK)
def paper(window_id: int) -> Response:
    """The draft on paper, for those who read it at the desk."""
    window = _window(window_id)
    ensure_standing(policies.may_open(acting(), window.neighborhood_id), str(words.OPENS))
    count_try("draft on paper", str(acting().id), limit=PAPERS_A_DAY, window=timedelta(days=1))
    detail = previews.draft_detail(line_of(window.line_key), window.text, at=window.opened_at)
    page = url_for(".show", window_id=window_id)
    content = press.printed(pages.sheet(detail, str(get_locale()), Form.DRAFT, at=page))
    name = f"{detail.row.code}-draft.pdf"
    return send_file(BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=name)


@bp.post("/<int:window_id>")
@signed_in
def say(window_id: int) -> ResponseReturnValue:
    window, form = _window(window_id), SayForm()
    if form.validate_on_submit():
        by, command = acting(), form.command()
        if not policies.may_open(by, window.neighborhood_id):
            count_try("comment on a draft", str(by.id), limit=A_DAY, window=timedelta(days=1))
        once(form.once.data, lambda: services.say(window_id, command, by=by))
        flash(_("Thank you. It is shown here once it was read, and printed in the report with what came of it."))
        return redirect(url_for(".show", window_id=window_id, _anchor="comments"))
    return _page(window, form)


@bp.route("/comments/<int:comment_id>/<int:window_id>", methods=["GET", "POST"])
@signed_in
def handle(comment_id: int, window_id: int) -> ResponseReturnValue:
    window = _window(window_id)
    comment = next((each for each in window.comments if each.id == comment_id), None)
    ensure_standing(_may_answer(window), str(words.ANSWERS))
    if comment is None:
        raise NotFound
    form = ReadForm() if comment.verdict is None else AnswerForm()
    if form.validate_on_submit() and form.accepted(lambda: _handled(comment, form)):
        flash(_("Saved."))
        return redirect(url_for(".show", window_id=window_id, _anchor="comments"))
    return render_template("reports/commenting/handle.html", window=window, comment=comment, form=form)


@bp.post("/open/<path:key>")
@only(Role.CLERK)
def open_draft(key: str) -> ResponseReturnValue:
    window_id = services.open_draft(line_of(key), by=acting())
    flash(_("The draft lies open. Residents can comment on it until its last day."), "success")
    return redirect(url_for(".show", window_id=window_id))


@bp.route("/days/<int:cycle_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def days(cycle_id: int) -> ResponseReturnValue:
    cycle = cycles.facts(cycle_id)
    ensure_standing(policies.may_open(acting(), cycle.neighborhood_id), str(words.OPENS))
    form, back = DaysForm(days=queries.term_of(cycle_id)), _back()
    if form.validate_on_submit():
        services.set_days(cycle_id, form.days.data, by=acting())
        flash(_("Saved. Drafts that lie open keep their days."))
        return redirect(back)
    return render_template("reports/commenting/days.html", cycle=cycle, form=form, back=back)


def _back() -> str:
    """Where the clerk came from: the page of the report that the address names, else the desk."""
    key = request.args.get("report")
    return f"{publish_address(line_of(key))}#draft" if key else url_for("report_desk.index")


def _page(window: WindowRow, form: SayForm) -> str:
    actor, line = current_actor(), line_of(window.line_key)
    is_clerk = policies.may_open(actor, window.neighborhood_id)
    if not is_clerk:
        del form.on_paper
    is_open = window.is_open and not queries.is_out(window.line_key)
    return render_template(
        "reports/commenting/show.html",
        window=window,
        form=form,
        is_open=is_open,
        may_say=is_open and (is_clerk or policies.may_say(actor, window.neighborhood_id)),
        may_answer=_may_answer(window),
        is_clerk=is_clerk,
        is_visitor=actor is None,
        name=report_words.full_name(line, window.title),
        **previews.as_draft(line, window.text, at=window.opened_at) | {"comments": window.comments},
    )


def _handled(comment: CommentRow, form: ReadForm | AnswerForm) -> bool:
    if isinstance(form, ReadForm):
        services.read(comment.id, Verdict(form.verdict.data), form.reason.data or "", by=acting())
    else:
        services.answer(comment.id, form.command(), by=acting())
    return True


def _may_answer(window: WindowRow) -> bool:
    chairs = queries.chair_ids(line_of(window.line_key), today(window.time_zone))
    return policies.may_answer(current_actor(), window.neighborhood_id, chairs)


def _window(window_id: int) -> WindowRow:
    found = queries.window(window_id)
    if found is None:
        raise NotFound
    return found
