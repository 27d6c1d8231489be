"""What people wrote is translated by people and read over by others before a report prints it; nothing else is."""

import json

import pytest
import sqlalchemy as sa
from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.core.access import Actor, Grant, Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from app.reports import pages, queries
from app.reports.desk.services import publish_all
from app.reports.languages import queries as languages
from app.reports.languages import rules
from app.reports.rules import Form, Line, ReportKind
from app.translating import queries as translations
from app.translating import services
from app.translating.models import TranslationReading
from app.translating.rules import Rendering, text_hash
from tests import make
from tests.browser import Browser
from tests.reports import sample
from tests.reports.languages.said import in_spanish, translated

SAID = "The lamps came late."
WORDING = "Los faroles llegaron tarde."
BOTH = ("en", "es")


@pytest.fixture
def line(app):
    """A report of one text that somebody wrote; nothing is printed."""
    with sample.published_kinds(ReportKind.PROGRESS, figures=lambda line: {"said": SAID}, texts=("said",)):
        where = make.neighborhood(languages=["en", "es"])
        body = make.task_force(where=where, constituted_on=sample.QUARTER.first_on)
        yield Line(kind=ReportKind.PROGRESS, subject_id=body.id, period=sample.QUARTER)


def home(line):
    return queries.subject_of(line).neighborhood_id


def published(line, **more):
    return sample.out(line.kind, line.subject_id, period=line.period, **more)


def clerk():
    return make.actor(Role.CLERK)


def on_paper(edition_id, language):
    """What the PDF in a language is made of."""
    with current_app.test_request_context():
        return pages.sheet(queries.detail(edition_id), language, Form.READERS).document


def mark_in(line):
    return translations.public(home(line), [text_hash(SAID)], "es")


def test_an_untranslated_text_keeps_a_report_from_that_language_and_from_no_other(line):
    with pytest.raises(DomainError, match="not translated yet: Español") as refused:
        published(line, languages=BOTH)
    assert (refused.value.code, refused.value.field) == ("untranslated", "languages")
    assert queries.detail(published(line)).row.languages == ("en",)


def test_without_looking_for_what_is_missing_it_would_be_published(line, monkeypatch):
    """The twin: what keeps it back is the rule, and nothing else does."""
    monkeypatch.setattr(languages, "missing", lambda *given: [])
    assert queries.detail(published(line, languages=BOTH)).row.languages == BOTH


def test_a_wording_counts_once_somebody_else_has_read_it_over(line):
    writer = clerk()
    made = translated(home(line), SAID, WORDING, by=writer)
    assert mark_in(line) == {}
    with pytest.raises(DomainError, match="Somebody else"):
        services.read_over(made, by=writer)
    services.read_over(made, by=clerk())
    assert mark_in(line)[text_hash(SAID)].wording == WORDING


def test_the_database_keeps_anybody_from_reading_over_their_own(line):
    writer = clerk()
    made = translated(home(line), SAID, WORDING, by=writer)
    with pytest.raises(IntegrityError, match="read_by_somebody_else"), transaction():
        row = TranslationReading(translation_id=made, translator_id=writer.id, person_id=writer.id, read_at=now())
        db.session.add(row)
        db.session.flush()


def test_a_translation_is_never_changed(line):
    translated(home(line), SAID, WORDING, by=clerk())
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(sa.text("UPDATE translation SET wording = 'x'"))


def test_a_better_wording_that_nobody_has_read_does_not_take_the_place_of_one_that_was(line):
    in_spanish(line, {SAID: WORDING})
    translated(home(line), SAID, "Mejor.", by=clerk(), number=1)
    assert mark_in(line)[text_hash(SAID)].wording == WORDING


def test_who_translates_at_the_same_time_as_another_is_told(line):
    translated(home(line), SAID, WORDING, by=clerk())
    with pytest.raises(DomainError, match="since you opened"):
        translated(home(line), SAID, "Otra vez.", by=clerk())


def test_an_edition_freezes_its_translations_and_says_them_in_their_language_only(line, browser):
    in_spanish(line, {SAID: WORDING})
    edition_id = published(line, languages=BOTH)
    translated(home(line), SAID, "Después.", by=clerk(), number=1)
    frozen = json.loads(queries.detail(edition_id).text)["translations"]
    assert [row["wording"] for row in frozen["es"]] == [WORDING] and "en" not in frozen
    assert SAID in browser.open(f"/reports/{edition_id}").text
    paper = on_paper(edition_id, "es")
    assert WORDING in paper and SAID not in paper and WORDING not in on_paper(edition_id, "en")
    assert frozen["es"][0]["by"] in paper and frozen["es"][0]["read_by"] in paper


def test_an_official_summary_is_printed_as_one(line):
    in_spanish(line, {SAID: "En breve."}, rendering=Rendering.SUMMARY)
    paper = on_paper(published(line, languages=BOTH), "es")
    with current_app.test_request_context(), force_locale("es"):
        assert _("Official summary: %(words)s", words="En breve.") in paper and SAID not in paper


def test_who_signs_signs_the_same_figures_in_every_language(line):
    in_english = queries.detail(published(line))
    in_spanish(line)
    in_both = queries.detail(published(line, languages=BOTH, note="It can be read in Spanish now."))
    assert in_english.snapshot["figures_hash"] == in_both.snapshot["figures_hash"]
    assert in_english.row.data_hash != in_both.row.data_hash


def test_the_same_figures_are_not_published_again_without_another_language_or_better_words(line):
    in_spanish(line)
    published(line, languages=BOTH)
    with pytest.raises(DomainError, match="already published"):
        published(line, languages=BOTH, note="Nothing is new in this one.")


def test_several_at_once_are_published_in_the_languages_they_are_ready_in(line):
    (outcome,) = publish_all([line], by=clerk())
    assert queries.detail(outcome.edition_id).row.languages == ("en",)


def test_an_old_edition_without_translations_reads_as_it_did(line):
    detail = queries.detail(published(line))
    assert "translations" not in detail.snapshot


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.OVERSEER, Role.ADMIN, None])
def test_others_translate_nothing(line, role):
    by = make.actor(role) if role else make.actor()
    with pytest.raises(NoStanding):
        translated(home(line), SAID, WORDING, by=by)


def test_a_clerk_of_elsewhere_translates_nothing_here(line):
    grants = frozenset({Grant(role=Role.CLERK, neighborhood_id=make.neighborhood().id)})
    with pytest.raises(NoStanding):
        translated(home(line), SAID, WORDING, by=Actor(id=make.person().id, name="Clerk", grants=grants))


def test_whom_a_clerk_has_named_translates_until_that_ends(line):
    person, by = make.person(), clerk()
    services.name(home(line), person.email.upper(), by=by)
    with pytest.raises(DomainError, match="named already"):
        services.name(home(line), person.email, by=by)
    translated(home(line), SAID, WORDING, by=make.actor_for(person))
    (row,) = translations.translators(home(line))
    services.end(row.id, by=by)
    with pytest.raises(NoStanding):
        translated(home(line), SAID, "Otra vez.", by=make.actor_for(person), number=1)
    with pytest.raises(NotFound):
        services.end(row.id, by=by)


@pytest.mark.parametrize(("email", "says"), [("nobody@example.org", "Nobody here"), ("", "This is needed")])
def test_an_address_that_is_no_account_is_told_at_its_field_and_kept(app, line, email, says):
    slug = db.session.scalar(sa.text("SELECT slug FROM neighborhood WHERE id = :id"), {"id": home(line)})
    page = Browser(app).sign_in(make.person(roles=(Role.CLERK,))).open(f"/translating/{slug}")
    page = page.press("Let them translate", email=email)
    assert says in page.one("p", class_="govuk-error-message")
    assert [each.get("value", "") for each in page.all("input", name="email")] == [email]


def test_only_a_clerk_names_translators(line):
    with pytest.raises(NoStanding):
        services.name(home(line), make.person().email, by=make.actor(Role.OFFICER))


def test_a_text_is_translated_on_one_page_and_read_over_on_another(app, line):
    first, second = (Browser(app).sign_in(make.person(roles=(Role.CLERK,))) for _each in range(2))
    page = first.open(f"/translating/into/es/{line.key}")
    assert "1 of its texts cannot be printed" in page.text
    page = page.follow(f"Translate: {SAID}").press("Save the translation", wording=WORDING)
    assert "once somebody else has read it over" in page.text
    assert "I have read both" not in page.follow(f"Look at it: {SAID}").text
    page = (
        second.open(f"/translating/into/es/{line.key}")
        .follow(f"Look at it: {SAID}")
        .press("I have read both: it says the same")
    )
    assert "Everything that people wrote" in page.text and mark_in(line)


def test_a_wording_left_empty_is_asked_for_unless_the_words_are_the_same(app, line):
    browser = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = browser.open(f"/translating/into/es/{line.key}").follow(f"Translate: {SAID}").press("Save the translation")
    assert "This is needed" in page.text
    assert "Saved" in page.press("Save the translation", rendering="same").text


def test_the_page_for_publishing_says_what_is_missing_and_offers_what_is_ready(app, line):
    browser = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    address = f"/reports/publish/progress/{line.subject_id}?first={line.period.first_on}"
    page = browser.open(address)
    assert "1 text is not translated" in page.text
    assert [each.get("value") for each in page.all("input", name="languages")] == ["en"]
    in_spanish(line)
    assert [each.get("value") for each in browser.open(address).all("input", name="languages")] == ["en", "es"]


@pytest.mark.parametrize("path", ["/translating/{slug}", "/translating/into/es/{key}"])
def test_pages_of_translators_are_closed_to_others(app, line, path):
    slug = db.session.scalar(sa.text("SELECT slug FROM neighborhood WHERE id = :id"), {"id": home(line)})
    address = path.format(slug=slug, key=line.key)
    assert Browser(app).sign_in(make.person()).open(address).status == 403
    assert "Sign in" in Browser(app).open(address).text
    assert Browser(app).sign_in(make.person(roles=(Role.OFFICER,))).open(address).status == 200


def test_unknown_marks_and_lines_are_not_found(app, line):
    browser = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    for path in (f"into/fr/{line.key}", "into/es/nothing/1", f"text/es/{'0' * 64}/{line.key}"):
        assert browser.open(f"/translating/{path}").status == 404


def test_the_rules_are_those_that_publishing_asks():
    assert languages.missing is rules.missing
