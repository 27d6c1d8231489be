"""Which language a page speaks and which way it reads."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from babel import Locale
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, Domain, get_locale
from jinja2 import pass_context

from app.core.bidi import each_isolated
from app.core.languages import LANGUAGES


@dataclass(frozen=True, kw_only=True)
class PageLocale:
    """What `<html>` needs to know, and the languages to choose from."""

    lang: str
    dir: str
    languages: dict[str, str]


class Sentences(Domain):  # type: ignore[misc]  # the library has no types
    """Texts whose blanks are filled so that what stands in them keeps its own direction."""

    def gettext(self, string: str, **variables: Any) -> str:
        return str(super().gettext(string, **each_isolated(variables)))

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        return str(super().ngettext(singular, plural, num, **each_isolated(variables)))


class Languages(Babel):  # type: ignore[misc]  # the library has no types
    """The library, with our way to fill in blanks."""

    @cached_property
    def domain_instance(self) -> Domain:
        return Sentences(domain=self.domain)


def init_locale(app: Flask) -> None:
    """Choose the language: the one picked on the page, else what the browser asks for among ours."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(app.root_path) + "/translations"
    Languages(app, locale_selector=_chosen)
    for name in ("gettext", "ngettext"):
        app.jinja_env.globals[name] = _filled(app.jinja_env.globals[name])
    app.context_processor(lambda: {"locale": page_locale()})
    app.add_template_filter(language_here)


def page_locale() -> PageLocale:
    """The locale of this page."""
    locale = get_locale() or Locale("en")
    return PageLocale(lang=str(locale).replace("_", "-"), dir=locale.text_direction, languages=dict(LANGUAGES))


def language_here(code: str) -> str:
    """The name of a language as sentences on this page call it: “inglés” on a Spanish one."""
    return str(Locale.parse(code, sep="-").get_display_name(get_locale() or Locale("en")))


def _filled(translate: Any) -> Callable[..., Any]:
    """What a template calls for a text: Jinja fills in the blanks itself, so they are kept whole before."""

    @pass_context
    def filled(context: Any, *texts: Any, **variables: Any) -> Any:
        return translate(context, *texts, **each_isolated(variables))

    return filled


def _chosen() -> str:
    if not has_request_context():
        return "en"
    picked = session.get("language")
    if picked in LANGUAGES:
        return str(picked)
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"
