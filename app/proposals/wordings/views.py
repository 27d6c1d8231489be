"""Pages on which clerks, officers and named translators say what proposals say in another language."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core.access import acting, current_actor, signed_in
from app.core.errors import NotFound, ensure_standing
from app.core.languages import LANGUAGES
from app.core.paging import Page, part_of
from app.cycles import queries as cycles
from app.proposals import queries as proposals
from app.proposals.queries import ProposalCard, ProposalDetail
from app.proposals.wordings import queries, services, words
from app.proposals.wordings.forms import FieldForm
from app.translating import queries as translations
from app.translating import services as translating
from app.translating import words as translation_words

bp = Blueprint("wordings", __name__, url_prefix="/translating/proposals")
SIZE = 25


def told(cards: Sequence[ProposalCard]) -> Sequence[ProposalCard]:
    """Proposals in the language of the moment, or as they were written where the address asks for that."""
    return queries.in_language(cards, str(get_locale()), as_written=_as_written())


def told_page(page: Page[ProposalCard]) -> Page[ProposalCard]:
    """The same of a page of a list."""
    return page.told(told(page.items))


def told_one(proposal: ProposalDetail) -> ProposalDetail:
    """The same of one in full."""
    return queries.one_in_language(proposal, str(get_locale()), as_written=_as_written())


def _as_written() -> bool:
    return request.args.get("words") == "written"


@bp.app_template_filter("proposal_text")
def field_words(name: str) -> str:
    return str(words.FIELDS[name])


@bp.get("/<language>/cycles/<int:cycle_id>")
@signed_in
def index(language: str, cycle_id: int) -> str:
    cycle = cycles.facts(cycle_id)
    _ensure_may(cycle.neighborhood_id, language)
    rows = queries.worklist(cycle, language)
    return render_template(
        "proposals/wordings/index.html",
        cycle=cycle,
        language=language,
        page=part_of(rows, number=request.args.get("page", 1, int), size=SIZE),
        left=sum(not each.is_done for each in rows),
    )


@bp.get("/<language>/<int:proposal_id>")
@signed_in
def show(language: str, proposal_id: int) -> str:
    proposal = _proposal(language, proposal_id)
    return render_template(
        "proposals/wordings/show.html",
        proposal=proposal,
        language=language,
        entries=queries.entries(proposal, language),
        short=translation_words.SHORT,
    )


@bp.route("/<language>/<int:proposal_id>/<field>", methods=["GET", "POST"])
@signed_in
def say(language: str, proposal_id: int, field: str) -> ResponseReturnValue:
    proposal = _proposal(language, proposal_id)
    entry = queries.entry(proposal, language, field)
    form = FieldForm(obj=entry.newest)
    if form.validate_on_submit():
        command = form.command(entry, language)
        if form.accepted(lambda: services.say(proposal_id, command, by=acting())):
            flash(_("Saved. Readers see it once somebody else has read it over."), "success")
            return redirect(url_for(".show", language=language, proposal_id=proposal_id))
    form.show(entry)
    template = "proposals/wordings/say.html"
    return render_template(template, proposal=proposal, language=language, entry=entry, form=form, me=acting().id)


@bp.post("/<language>/<int:proposal_id>/<field>/read")
@signed_in
def read(language: str, proposal_id: int, field: str) -> ResponseReturnValue:
    newest = queries.entry(_proposal(language, proposal_id), language, field).newest
    if newest is None or newest.id != request.form.get("id", type=int):
        raise NotFound
    translating.read_over(newest.id, by=acting())
    flash(_("Read over. Readers see it in this language."), "success")
    return redirect(url_for(".show", language=language, proposal_id=proposal_id))


def _proposal(language: str, proposal_id: int) -> ProposalDetail:
    proposal = proposals.detail(proposal_id, None)
    _ensure_may(proposal.neighborhood_id, language)
    return proposal


def _ensure_may(neighborhood_id: int, language: str) -> None:
    may = translations.may_translate(current_actor(), neighborhood_id)
    ensure_standing(may, str(translation_words.NO_STANDING))
    if language not in LANGUAGES:
        raise NotFound
