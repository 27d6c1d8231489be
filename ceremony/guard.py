"""Who may talk to the ceremony: the browser that opened the start address, on this machine, and no other page."""

import hmac
import secrets

from flask import Flask, Response, request, session
from werkzeug.exceptions import Forbidden

from app.web.headers import HEADERS

OPEN_TO_ALL = frozenset({"home.start", "static"})


def init_guard(app: Flask, *, host: str) -> str:
    """Close everything but the start address; return the word that opens it, once. `host` is `127.0.0.1:port`."""
    word = secrets.token_urlsafe(24)
    app.extensions["ceremony_word"] = word

    @app.before_request
    def check() -> None:
        # A page that reaches us under another name (DNS rebinding) or from another origin has no business here.
        if request.host != host:
            raise Forbidden("This address is not the one the ceremony answers to.")
        if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise Forbidden("Another page tried to use the ceremony.")
        if request.endpoint not in OPEN_TO_ALL and not session.get("inside"):
            raise Forbidden

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return word


def enter(app: Flask, word: str) -> bool:
    """Whether the word opens the ceremony; it does so once."""
    expected = app.extensions["ceremony_word"]
    if expected is None or not hmac.compare_digest(word.encode(), expected.encode()):
        return False
    app.extensions["ceremony_word"] = None
    session["inside"] = True
    return True
