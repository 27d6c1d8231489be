"""Pages about reported parts of proposals: report one, decide about one, show it again, look at it on record."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, only, signed_in
from app.core.errors import NotFound, ensure_standing
from app.core.limits import count_try
from app.proposals import queries as proposals
from app.proposals.attachments import queries as attachments
from app.proposals.attachments.queries import AttachmentFacts
from app.proposals.attachments.views import sent
from app.proposals.discussion.moderation.policies import OFFICE, WATCH
from app.proposals.hiding import policies, queries, services, words
from app.proposals.hiding.forms import HideForm, LookForm, ReportForm, ShowForm
from app.proposals.hiding.rules import Part, why_not_hide
from app.proposals.hiding.services import Which
from app.proposals.queries import ProposalDetail
from app.proposals.revisions import queries as revisions
from app.proposals.revisions import words as revision_words

bp = Blueprint("hiding", __name__)
PART = "<any(proposal, attachment, revision):part>/<int:part_id>"


@bp.app_template_filter("told_part")
def part_words(part: Part) -> str:
    return str(words.PARTS[part])


@bp.get("/proposals/<int:proposal_id>/report")
@signed_in
def choose(proposal_id: int) -> str:
    proposal = _public(proposal_id)
    shown = [each for each in attachments.of_proposal(proposal_id) if each.hiding is None]
    return render_template("proposals/hiding/choose.html", proposal=proposal, attachments=shown)


@bp.route(f"/proposals/<int:proposal_id>/report/{PART}", methods=["GET", "POST"])
@signed_in
def report(proposal_id: int, part: str, part_id: int) -> ResponseReturnValue:
    which = Which(proposal_id=proposal_id, part=Part(part), part_id=part_id)
    proposal = _public(proposal_id)
    form = ReportForm()
    if form.validate_on_submit():
        count_try("report part", str(acting().id), limit=30, window=timedelta(days=1))
        if form.accepted(lambda: services.report(which, form.command(), by=acting())) is not None:
            flash(_("Thank you. An officer or a clerk will look at it."), "success")
            return redirect(url_for("proposals.show", proposal_id=proposal_id))
    shown = _file(which)
    return render_template("proposals/hiding/report.html", proposal=proposal, which=which, shown=shown, form=form)


@bp.route(f"/office/parts/<int:proposal_id>/{PART}", methods=["GET", "POST"])
@only(*OFFICE)
def judge(proposal_id: int, part: str, part_id: int) -> ResponseReturnValue:
    which = Which(proposal_id=proposal_id, part=Part(part), part_id=part_id)
    proposal = _to_judge(proposal_id)
    form = HideForm()
    if form.validate_on_submit() and form.accepted(lambda: services.hide(which, form.reason.data or "", by=acting())):
        flash(_("It is hidden. Everybody reads your reason in its place."), "success")
        return redirect(url_for("moderation.index"))
    gone = queries.hidden(proposal_id, which.part).get(part_id)
    why = why_not_hide(which.part, part_id, is_hidden=gone is not None, newest=revisions.newest(proposal_id))
    return render_template(
        "proposals/hiding/judge.html",
        proposal=proposal,
        which=which,
        gone=gone,
        shown=_file(which),
        told=_text(which, proposal),
        reports=queries.waiting_reports(proposal_id, which.part, part_id),
        why_not=words.WHY_NOT_HIDE[why] if why is not None else None,
        form=form,
    )


@bp.post(f"/office/parts/<int:proposal_id>/{PART}/leave")
@only(*OFFICE)
def leave(proposal_id: int, part: str, part_id: int) -> ResponseReturnValue:
    services.leave(Which(proposal_id=proposal_id, part=Part(part), part_id=part_id), by=acting())
    flash(_("The reports are settled."), "success")
    return redirect(url_for("moderation.index"))


@bp.route("/office/parts/hidden/<int:hiding_id>/show", methods=["GET", "POST"])
@only(*OFFICE)
def show_again(hiding_id: int) -> ResponseReturnValue:
    trace = queries.trace(hiding_id)
    proposal = _to_judge(trace.proposal_id)
    form = ShowForm()
    if form.validate_on_submit():
        if form.accepted(lambda: services.show_again(hiding_id, form.reason.data or "", by=acting())):
            flash(_("It is shown again, and your reason stays in the open."), "success")
            return redirect(url_for("proposals.show", proposal_id=trace.proposal_id))
    return render_template("proposals/hiding/show_again.html", proposal=proposal, trace=trace, form=form)


@bp.get("/office/parts/hidden")
@only(*OFFICE, *WATCH)
def hidden() -> str:
    page = queries.everything(acting().scope(*OFFICE, *WATCH), page=request.args.get("page", 1, int))
    return render_template("proposals/hiding/hidden.html", page=page, watches=acting().holds_anywhere(*WATCH))


@bp.route("/office/parts/hidden/<int:hiding_id>/look", methods=["GET", "POST"])
@only(*WATCH)
def look(hiding_id: int) -> ResponseReturnValue:
    trace = queries.trace(hiding_id)
    form = LookForm()
    if form.validate_on_submit():
        seen = form.accepted(lambda: services.look(hiding_id, form.purpose.data or "", by=acting()))
        if seen is not None and seen.part is Part.ATTACHMENT:
            return sent(attachments.looked_at(seen.part_id))
        if seen is not None:
            text = revisions.original(seen.proposal_id, seen.part_id)
            proposal = _public(seen.proposal_id)
            told = revision_words.told(text, proposal.currency)
            return render_template("proposals/hiding/looked.html", trace=trace, told=told)
    return render_template("proposals/hiding/look.html", trace=trace, form=form)


def _public(proposal_id: int) -> ProposalDetail:
    proposal = proposals.detail(proposal_id, acting())
    if not proposal.code:
        raise NotFound
    return proposal


def _to_judge(proposal_id: int) -> ProposalDetail:
    proposal = _public(proposal_id)
    allowed = policies.may_hide(acting(), writers=proposal.writers, neighborhood_id=proposal.neighborhood_id)
    ensure_standing(allowed, _("Officers and clerks of this neighborhood decide this, and nobody about their own."))
    return proposal


def _file(which: Which) -> AttachmentFacts | None:
    if which.part is not Part.ATTACHMENT:
        return None
    found = next((each for each in attachments.of_proposal(which.proposal_id) if each.id == which.part_id), None)
    if found is None:
        raise NotFound
    return found


def _text(which: Which, proposal: ProposalDetail) -> dict[str, tuple[str, str]]:
    if which.part is not Part.REVISION:
        return {}
    found = next((each for each in revisions.all_of(which.proposal_id) if each.number == which.part_id), None)
    if found is None:
        raise NotFound
    return revision_words.told(found, proposal.currency)
