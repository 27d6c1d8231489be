"""Which language a page speaks and which way it reads."""

from dataclasses import dataclass

from babel import Locale
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, get_locale

from app.core.languages import LANGUAGES


@dataclass(frozen=True, kw_only=True)
class PageLocale:
    """What `<html>` needs to know, and the languages to choose from."""

    lang: str
    dir: str
    languages: dict[str, str]


def init_locale(app: Flask) -> None:
    """Choose the language: the one picked on the page, else what the browser asks for among ours."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(app.root_path) + "/translations"
    Babel(app, locale_selector=_chosen)
    app.context_processor(lambda: {"locale": page_locale()})
    app.add_template_filter(language_here)


def page_locale() -> PageLocale:
    """The locale of this page."""
    locale = get_locale() or Locale("en")
    return PageLocale(lang=str(locale).replace("_", "-"), dir=locale.text_direction, languages=dict(LANGUAGES))


def language_here(code: str) -> str:
    """The name of a language as sentences on this page call it: “inglés” on a Spanish one."""
    return str(Locale.parse(code, sep="-").get_display_name(get_locale() or Locale("en")))


def _chosen() -> str:
    if not has_request_context():
        return "en"
    picked = session.get("language")
    if picked in LANGUAGES:
        return str(picked)
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"
