"""Pages of short texts: one proposal's, settling one, saying one in another language, and how far a cycle is."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only, signed_in
from app.core.errors import NotFound, ensure_standing
from app.core.limits import count_try
from app.core.once import once
from app.cycles import queries as cycles
from app.proposals import queries as proposals
from app.proposals.ballot_texts import policies, queries, services, words
from app.proposals.ballot_texts.forms import SeenForm, SettleForm, TranslateForm, WriteForm
from app.proposals.queries import ProposalDetail

bp = Blueprint("ballot_texts", __name__)


@bp.app_template_filter("language_name")
def language_name(code: str) -> str:
    return words.language_name(code)


@bp.route("/proposals/<int:proposal_id>/ballot-text", methods=["GET", "POST"])
@signed_in
def show(proposal_id: int) -> ResponseReturnValue:
    proposal = _written(proposal_id)
    cycle, texts = cycles.facts(proposal.cycle_id), queries.history(proposal_id)
    form = WriteForm()
    form.offer(cycle.languages)
    if not form.is_submitted() and texts:
        form.text.data, form.language.data = texts[0].text, texts[0].language
    if form.validate_on_submit():
        count_try("ballot-text", str(acting().id), limit=60, window=timedelta(days=1))
        key, command = form.once.data or "", form.command()
        if form.accepted(lambda: once(key, lambda: services.write(proposal_id, command, by=acting()).id)):
            flash(_written_words(proposal), "success")
            return redirect(url_for(".show", proposal_id=proposal_id))
    return render_template(
        "proposals/ballot_texts/show.html",
        form=form,
        proposal=proposal,
        cycle=cycle,
        texts=texts,
        seen=SeenForm(formdata=None, text_id=str(texts[0].id) if texts else ""),
        around=queries.around(proposal, cycle, acting()),
    )


@bp.post("/proposals/<int:proposal_id>/ballot-text/approve")
@signed_in
def approve(proposal_id: int) -> ResponseReturnValue:
    form = SeenForm()
    if form.validate():
        services.approve(proposal_id, form.seen, by=acting())
        flash(_("Thank you. These words will stand on the ballot."), "success")
    return redirect(url_for("proposals.show", proposal_id=proposal_id))


@bp.route("/proposals/<int:proposal_id>/ballot-text/settle", methods=["GET", "POST"])
@only(Role.CLERK)
def settle(proposal_id: int) -> ResponseReturnValue:
    proposal = proposals.detail(proposal_id, acting())
    may = policies.may_settle(acting(), author_id=proposal.author_id, neighborhood_id=proposal.neighborhood_id)
    ensure_standing(may, _("Only a clerk of this neighborhood settles the text of a silent author."))
    text = queries.newest([proposal_id]).get(proposal_id)
    form = SettleForm(text_id=str(text.id) if text else "")
    if form.validate_on_submit():
        services.settle(proposal_id, form.seen, form.reason.data or "", by=acting())
        flash(_("The text is settled. Your reason stands beside it."), "success")
        return redirect(url_for(".index", cycle_id=proposal.cycle_id))
    return render_template("proposals/ballot_texts/settle.html", form=form, proposal=proposal, text=text)


@bp.route("/proposals/<int:proposal_id>/ballot-text/in/<language>", methods=["GET", "POST"])
@signed_in
def translate(proposal_id: int, language: str) -> ResponseReturnValue:
    proposal = _written(proposal_id)
    text = queries.newest([proposal_id]).get(proposal_id)
    if text is None or language == text.language or language not in cycles.facts(proposal.cycle_id).languages:
        raise NotFound
    form, said = TranslateForm(text_id=str(text.id)), text.translations.get(language)
    if not form.is_submitted() and said is not None:
        form.title.data, form.text.data = said.title, said.text
    if form.validate_on_submit():
        key, command = form.once.data or "", form.command(language)
        if form.accepted(lambda: once(key, lambda: services.translate(proposal_id, command, by=acting()))):
            flash(_("It is kept in this language too."), "success")
            return redirect(url_for(".show", proposal_id=proposal_id))
    return render_template(
        "proposals/ballot_texts/translate.html", form=form, proposal=proposal, text=text, language=language
    )


@bp.get("/ballot-texts/<int:cycle_id>")
@only(Role.OFFICER, Role.CLERK, Role.OBSERVER)
def index(cycle_id: int) -> str:
    cycle = cycles.facts(cycle_id)
    if not policies.may_oversee(acting(), cycle.neighborhood_id):
        raise NotFound
    page = queries.worklist(cycle, page=request.args.get("page", 1, int))
    is_clerk = acting().holds(Role.CLERK, cycle.neighborhood_id)
    return render_template("proposals/ballot_texts/index.html", cycle=cycle, page=page, is_clerk=is_clerk)


def _written(proposal_id: int) -> ProposalDetail:
    """A proposal whose short text this person writes."""
    proposal = proposals.detail(proposal_id, acting())
    may = policies.may_write(acting(), author_id=proposal.author_id, neighborhood_id=proposal.neighborhood_id)
    ensure_standing(may, _("Its author or an officer of this neighborhood writes the short text."))
    return proposal


def _written_words(proposal: ProposalDetail) -> str:
    sentence: str = (
        _("These words will stand on the ballot.") if proposal.is_own else _("Its author is asked to approve it.")
    )
    return sentence
