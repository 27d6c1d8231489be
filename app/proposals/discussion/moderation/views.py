"""Pages of moderation: report a comment, the office's queue, one to decide about, and what is hidden."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, only, signed_in
from app.core.clock import now
from app.core.errors import ensure_standing
from app.core.limits import count_try
from app.proposals.discussion import queries as discussion
from app.proposals.discussion.moderation import policies, queries, services, words
from app.proposals.discussion.moderation.forms import HideForm, ReportForm, ShowForm
from app.proposals.discussion.moderation.policies import OFFICE, WATCH
from app.proposals.discussion.moderation.rules import Concern, why_not_judge, why_not_report
from app.proposals.discussion.queries import CommentPage

bp = Blueprint("moderation", __name__)


@bp.app_template_filter("concern")
def concern_words(concern: Concern) -> str:
    return str(words.CONCERNS[concern])


@bp.route("/comments/<int:comment_id>/report", methods=["GET", "POST"])
@signed_in
def report(comment_id: int) -> ResponseReturnValue:
    found = discussion.one(comment_id, acting())
    reason = why_not_report(
        is_hidden=found.comment.hiding is not None,
        is_own=found.comment.is_own,
        has_reported=queries.has_reported(comment_id, acting().id),
    )
    form = ReportForm()
    if form.validate_on_submit():
        count_try("report comment", str(acting().id), limit=30, window=timedelta(days=1))
        if form.accepted(lambda: services.report(comment_id, form.command(), by=acting())) is not None:
            flash(_("Thank you. An officer or a clerk will look at it."), "success")
            return redirect(url_for("discussion.show", comment_id=comment_id))
    shut = words.WHY_NOT_REPORT[reason] if reason is not None else None
    return render_template("proposals/discussion/moderation/report.html", found=found, form=form, why_not=shut)


@bp.get("/office/comments/")
@only(*OFFICE)
def index() -> str:
    page = queries.everything(acting().scope(*policies.OFFICE), page=request.args.get("page", 1, int))
    return render_template("proposals/discussion/moderation/index.html", page=page, now=now(), me=acting())


@bp.get("/office/comments/hidden")
@only(*WATCH)
def hidden() -> str:
    page = queries.hidden(acting().scope(*WATCH), page=request.args.get("page", 1, int))
    return render_template("proposals/discussion/moderation/hidden.html", page=page)


@bp.route("/office/comments/<int:comment_id>", methods=["GET", "POST"])
@only(*OFFICE)
def judge(comment_id: int) -> ResponseReturnValue:
    found = _to_judge(comment_id)
    form = HideForm()
    if form.validate_on_submit() and form.accepted(
        lambda: services.hide(comment_id, form.reason.data or "", by=acting())
    ):
        flash(_("The comment is hidden. Everybody reads your reason in its place."), "success")
        return redirect(url_for(".index"))
    reports = queries.waiting_reports(comment_id)
    reason = why_not_judge(is_hidden=found.comment.hiding is not None, waiting=len(reports))
    shut = words.WHY_NOT_JUDGE[reason] if reason is not None else None
    return render_template(
        "proposals/discussion/moderation/judge.html", found=found, form=form, reports=reports, why_not=shut
    )


@bp.post("/office/comments/<int:comment_id>/leave")
@only(*OFFICE)
def leave(comment_id: int) -> ResponseReturnValue:
    services.leave(comment_id, by=acting())
    flash(_("The comment stays as it is."), "success")
    return redirect(url_for(".index"))


@bp.route("/office/comments/<int:comment_id>/show", methods=["GET", "POST"])
@only(*OFFICE)
def show_again(comment_id: int) -> ResponseReturnValue:
    found = _to_judge(comment_id)
    form = ShowForm()
    if form.validate_on_submit():
        reason = form.reason.data or ""
        if form.accepted(lambda: services.show_again(comment_id, reason, by=acting())):
            flash(_("The comment is shown again, and both reasons stay on its page."), "success")
            return redirect(url_for("discussion.show", comment_id=comment_id))
    return render_template("proposals/discussion/moderation/show_again.html", found=found, form=form)


def _to_judge(comment_id: int) -> CommentPage:
    found = discussion.one(comment_id, acting())
    here, writers = found.proposal.neighborhood_id, found.proposal.writers
    ensure_standing(
        policies.works_here(acting(), here), _("Only officers and clerks of this neighborhood decide about reports.")
    )
    ensure_standing(
        policies.may_judge(acting(), author_id=found.comment.author_id, writers=writers, neighborhood_id=here),
        _("Nobody decides about their own comment, or about what is said on their own proposal."),
    )
    return found
