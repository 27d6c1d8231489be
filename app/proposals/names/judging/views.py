"""Pages about names: the proposer is asked, the office decides, and those who watch it read what was removed."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, only, signed_in
from app.core.clock import now
from app.core.errors import NotFound, ensure_standing
from app.core.limits import count_try
from app.proposals import queries as proposals
from app.proposals.discussion.moderation.policies import OFFICE, WATCH
from app.proposals.names import queries, words
from app.proposals.names.judging import policies, services
from app.proposals.names.judging import queries as judged
from app.proposals.names.judging.forms import JudgeForm, NoteForm, ReadForm, RemoveForm
from app.proposals.names.rules import Kind
from app.proposals.queries import ProposalDetail
from app.proposals.rules import BALLOTED
from app.proposals.writing import services as writing

bp = Blueprint("names", __name__)


@bp.app_template_filter("told_kind")
def kind_words(kind: Kind) -> str:
    return str(words.KINDS[kind])


@bp.route("/proposals/<int:proposal_id>/names", methods=["GET", "POST"])
@signed_in
def ask(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    ensure_standing(proposal.is_writer, _("Only those who write a proposal are asked about its words."))
    form = NoteForm()
    if form.validate_on_submit():
        count_try("names", str(acting().id), limit=60, window=timedelta(days=1))
        if not proposal.code:
            writing.send(proposal_id, by=acting())
        if queries.around(proposal_id, acting()).held:
            services.explain(proposal_id, form.note.data or "", by=acting())
        flash(_("Thank you. Until the office has looked, a mark stands in the place of these words."), "success")
        return redirect(url_for("proposals.show", proposal_id=proposal_id))
    found = queries.around(proposal_id, acting())
    return render_template("proposals/names/ask.html", proposal=proposal, names=found, form=form)


@bp.route("/office/names/<int:withheld_id>", methods=["GET", "POST"])
@only(*OFFICE)
def judge(withheld_id: int) -> ResponseReturnValue:
    held, proposal_id = queries.held(withheld_id, reads=True)
    proposal = _to_judge(proposal_id)
    form = JudgeForm()
    if form.validate_on_submit():
        if form.accepted(lambda: services.judge(withheld_id, form.command(), by=acting())):
            flash(_("It is done, and its author is told."), "success")
            following = judged.next_waiting(proposal_id)
            there = url_for(".judge", withheld_id=following) if following else url_for("moderation.index")
            return redirect(there)
    return render_template("proposals/names/judge.html", proposal=proposal, held=held, form=form, now=now())


@bp.route("/office/names/of/<int:proposal_id>", methods=["GET", "POST"])
@only(*OFFICE)
def remove(proposal_id: int) -> ResponseReturnValue:
    proposal = _to_judge(proposal_id)
    form = RemoveForm()
    if form.validate_on_submit():
        if form.accepted(lambda: services.remove(proposal_id, form.command(), by=acting())):
            flash(_("The words are removed. Everybody reads the mark and your reason."), "success")
            return redirect(url_for("proposals.show", proposal_id=proposal_id))
    possible = proposal.stage not in BALLOTED
    return render_template("proposals/names/remove.html", proposal=proposal, form=form, possible=possible)


@bp.get("/office/names/removed")
@only(*WATCH)
def removed() -> str:
    page = judged.removed(acting().scope(*WATCH), page=request.args.get("page", 1, int))
    return render_template("proposals/names/removed.html", page=page)


@bp.route("/office/names/removed/<int:withheld_id>", methods=["GET", "POST"])
@only(*WATCH)
def read(withheld_id: int) -> ResponseReturnValue:
    form = ReadForm()
    original = None
    if form.validate_on_submit():
        purpose = form.purpose.data or ""
        original = form.accepted(lambda: services.read_removed(withheld_id, purpose, by=acting()))
    return render_template("proposals/names/read.html", form=form, original=original, withheld_id=withheld_id)


def _to_judge(proposal_id: int) -> ProposalDetail:
    proposal = proposals.detail(proposal_id, acting())
    facts = {"author_id": proposal.author_id, "neighborhood_id": proposal.neighborhood_id}
    allowed = policies.may_judge(acting(), **facts, co_authors=proposal.co_author_ids)
    ensure_standing(allowed, _("Officers and clerks of this neighborhood decide this, and nobody about their own."))
    if not proposal.code:
        raise NotFound
    return proposal
