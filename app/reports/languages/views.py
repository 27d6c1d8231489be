"""Pages on which clerks, officers and named translators say a report's texts in another language."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, signed_in
from app.core.errors import NotFound, ensure_standing
from app.core.languages import LANGUAGES
from app.core.paging import part_of
from app.cycles import queries as cycles
from app.places import queries as places
from app.places.queries import NeighborhoodFacts
from app.reports import queries as reports
from app.reports import words as report_words
from app.reports.duties import queries as duties
from app.reports.languages import queries
from app.reports.languages.forms import ReportWordingForm, TranslatorForm
from app.reports.languages.queries import Entry
from app.reports.queries import SubjectFacts
from app.reports.rules import Line, line_of
from app.translating import policies, services
from app.translating import queries as translations
from app.translating import words as translation_words

bp = Blueprint("translating", __name__, url_prefix="/translating")
SIZE = 25


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A report and a language, as an address names them."""

    line: Line
    subject: SubjectFacts
    language: str

    @property
    def where(self) -> dict[str, str]:
        """The same in an address."""
        return {"key": self.line.key, "language": self.language}


@bp.get("/<slug>")
@signed_in
def index(slug: str) -> str:
    return _index(_place(slug), TranslatorForm())


def _index(place: NeighborhoodFacts, form: TranslatorForm) -> str:
    here = duties.here(place)
    owed = [each for each in duties.owed(place, here) if each.issue is None]
    owed.sort(key=lambda each: abs(((each.due_on or date.max) - here).days))  # those nearest to today, as on the desk
    page = part_of(owed, number=request.args.get("page", 1, type=int), size=SIZE)
    return render_template(
        "reports/languages/index.html",
        place=place,
        owed=page,
        languages=[code for code in place.languages if code in LANGUAGES],
        cycles=[each for each in cycles.public_cycles() if each.neighborhood_id == place.id],
        translators=translations.translators(place.id),
        may_name=policies.may_name(current_actor(), neighborhood_id=place.id),
        form=form,
        words=report_words,
    )


@bp.post("/<slug>/translators")
@signed_in
def name(slug: str) -> ResponseReturnValue:
    place, form = _place(slug), TranslatorForm()
    if form.validate_on_submit() and form.accepted(lambda: _named(place, form)):
        flash(_("They can translate from now on."), "success")
        return redirect(url_for(".index", slug=slug))
    return _index(place, form)


def _named(place: NeighborhoodFacts, form: TranslatorForm) -> bool:
    services.name(place.id, form.email.data or "", by=acting())
    return True


@bp.post("/<slug>/translators/<int:translator_id>/end")
@signed_in
def end(slug: str, translator_id: int) -> ResponseReturnValue:
    services.end(translator_id, by=acting())
    flash(_("They do not translate any more. What they have translated stays."))
    return redirect(url_for(".index", slug=slug))


@bp.get("/into/<language>/<path:key>")
@signed_in
def texts(language: str, key: str) -> str:
    asked = _asked(key, language)
    entries = queries.entries(asked.line, asked.language)
    entries.sort(key=lambda each: each.is_done)  # what is missing first, in the order of the report
    page = part_of(entries, number=request.args.get("page", 1, type=int), size=SIZE)
    return render_template(
        "reports/languages/texts.html",
        asked=asked,
        entries=page,
        left=sum(not each.is_done for each in entries),
        name=report_words.full_name(asked.line, asked.subject.name),
        short=translation_words.SHORT,
    )


@bp.route("/text/<language>/<mark>/<path:key>", methods=["GET", "POST"])
@signed_in
def translate(language: str, mark: str, key: str) -> ResponseReturnValue:
    asked = _asked(key, language)
    entry = _entry(asked, mark)
    form = ReportWordingForm(obj=entry.newest)
    if form.validate_on_submit():
        command, home = form.command(entry.text, language), asked.subject.neighborhood_id
        if form.accepted(lambda: services.translate(home, command, by=acting())):
            flash(_("Saved. It counts once somebody else has read it over."), "success")
            return redirect(url_for(".texts", key=asked.line.key, language=language))
    if entry.newest is not None and form.wording.errors:
        form.number.raw_data = [str(entry.newest.number)]
    name = report_words.full_name(asked.line, asked.subject.name)
    template = "reports/languages/translate.html"
    return render_template(template, asked=asked, entry=entry, form=form, name=name, me=acting().id)


@bp.post("/read/<language>/<mark>/<path:key>")
@signed_in
def read(language: str, mark: str, key: str) -> ResponseReturnValue:
    asked = _asked(key, language)
    newest = _entry(asked, mark).newest
    if newest is None or newest.id != request.form.get("id", type=int):
        raise NotFound
    services.read_over(newest.id, by=acting())
    flash(_("Read over. Reports can print it."), "success")
    return redirect(url_for(".texts", key=asked.line.key, language=language))


def _place(slug: str) -> NeighborhoodFacts:
    place = places.neighborhood(slug)
    _ensure_may(place.id)
    return place


def _asked(key: str, language: str) -> Asked:
    line = line_of(key)
    subject = reports.subject_of(line)
    _ensure_may(subject.neighborhood_id)
    if language not in LANGUAGES:
        raise NotFound
    return Asked(line=line, subject=subject, language=language)


def _entry(asked: Asked, mark: str) -> Entry:
    found = next((each for each in queries.entries(asked.line, asked.language) if each.text.mark == mark), None)
    if found is None:
        raise NotFound
    return found


def _ensure_may(neighborhood_id: int) -> None:
    may = translations.may_translate(current_actor(), neighborhood_id)
    ensure_standing(may, str(translation_words.NO_STANDING))
