"""The ceremony as a small web app of its own: the site's look, none of its database, settings or people."""

import secrets
from io import BytesIO
from pathlib import Path

from flask import Flask, Request, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_babel import gettext as _
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.exceptions import HTTPException

from app.config import ROOT
from app.core.languages import LANGUAGES
from app.web.filters import init_filters
from app.web.locale import page_locale
from ceremony import checking, drills, home, making, opening
from ceremony.folders import NotWritten
from ceremony.guard import init_guard
from ceremony.room import init_rooms, room

MOST_BYTES = 6 * 1024**3
"""A count set of a million envelopes for three key holders has four gigabytes."""


class MemoryRequest(Request):
    """A request whose files stay in memory: nothing but what the pages say is written to the disk."""

    def _get_file_stream(self, *_args: object, **_kwargs: object) -> BytesIO:
        return BytesIO()


def create_ceremony(folder: Path, *, host: str) -> tuple[Flask, str]:
    """The app, and the address under which one browser may enter once. `folder` is where files are written."""
    app = Flask("ceremony", root_path=str(ROOT / "ceremony"), static_folder=str(ROOT / "static"))
    app.request_class = MemoryRequest
    app.config.update(
        SECRET_KEY=secrets.token_bytes(32),
        SESSION_COOKIE_NAME="lamplight_ceremony",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        MAX_CONTENT_LENGTH=MOST_BYTES,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "app" / "translations"),
        WTF_CSRF_TIME_LIMIT=None,
    )
    _init_pages(app)
    CSRFProtect(app)
    Babel(app, locale_selector=_language)
    init_filters(app)
    init_rooms(app, folder)
    word = init_guard(app, host=host)
    for module in (home, making, checking, opening, drills):
        app.register_blueprint(module.bp)
    return app, f"http://{host}/start/{word}"


def _init_pages(app: Flask) -> None:
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / folder) for folder in ("ceremony/templates", "templates")])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"locale": page_locale(), "room": room()})
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(NotWritten, _not_written)


def _language() -> str:
    picked = session.get("language")
    return str(picked) if picked in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES)) or "en"


def _refused(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    sentences = {
        403: _("This page opens only in the browser in which the start address was opened, and only once."),
        404: _("There is no such page."),
        413: _("The file is too large."),
    }
    sentence = _("The form was too old. Go back, reload the page and send it again.")
    if not isinstance(error, CSRFError):
        sentence = sentences.get(error.code, _("That did not work. Nothing was changed."))
    return render_template("ceremony/refused.html", sentence=sentence, inside=bool(session.get("inside"))), error.code


def _not_written(reason: NotWritten) -> ResponseReturnValue:
    sentence = _("The folder could not be written: %(reason)s. Nothing was changed.", reason=str(reason))
    return render_template("ceremony/refused.html", sentence=sentence, inside=True), 500
