"""Refusals and errors as pages in the same skin, decided in one place."""

import errno
from contextlib import suppress

import structlog
from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, TimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.routing import IntegerConverter, Map

from app.core.errors import DomainError, NotFound
from app.web.navigation import may_open

PAGES = (400, 403, 404, 405, 409, 413, 429, 500)
OUT_OF_REACH = {"OperationalError", "InterfaceError"}
"""Errors of both databases' drivers that speak of the server or its disk, not of what was asked."""
READ_ONLY = "25006"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE}
RETRY_SECONDS = "120"
LONG = 40
"""From so many characters on a text is worth keeping when what it was sent with is refused."""
log = structlog.get_logger()


class RowId(IntegerConverter):
    """A number in an address that can be a row's id: what is too large for the database is not found, never a fault."""

    def __init__(self, map: Map, fixed_digits: int = 0) -> None:
        super().__init__(map, fixed_digits=fixed_digits, max=2**63 - 1)


def init_errors(app: Flask) -> None:
    """Show a page for every error; a page never tells more than its reader may know."""
    app.url_map.converters["int"] = RowId
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(NotFound, lambda _: (render_template("errors/404.html", typed=_typed()), 404))
    app.register_error_handler(CSRFError, _too_old)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(InternalServerError, _broken)
    app.register_error_handler(DBAPIError, _of_the_database)
    app.register_error_handler(TimeoutError, _cannot_store)
    app.register_error_handler(OSError, _of_the_disk)


def _refused(refusal: DomainError) -> ResponseReturnValue:
    above = request.path if request.method == "POST" else request.path.rstrip("/").rpartition("/")[0]
    page = render_template(
        "errors/refused.html",
        message=refusal.message,
        next_step=refusal.next_step,
        above=_nearest_page(above),
        typed=_typed(),
    )
    return page, refusal.status


def _too_old(_error: CSRFError) -> ResponseReturnValue:
    """Texts come back only to a page of this site that sent them: nobody else puts words onto ours."""
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return render_template("errors/400.html", typed=_typed() if ours else []), 400


def _typed() -> list[str]:
    """The long texts that came with a form which is refused, so that nobody has to write them again."""
    words = [text for name, text in request.form.items(multi=True) if "password" not in name]
    return [text for text in words if len(text) >= LONG and " " in text]


def _nearest_page(path: str) -> str | None:
    """The page at this address or the next one above it, which shows what was refused as it is now: browsers are asked
    not to say whence they come."""
    adapter = current_app.create_url_adapter(request)
    while adapter is not None and (path := path.rstrip("/")):
        for page in (path, f"{path}/"):
            with suppress(HTTPException):
                endpoint, _values = adapter.match(page, method="GET")
                if may_open(endpoint):
                    return f"{request.script_root}{page}"
        path = path.rpartition("/")[0]
    return None


def _broken(_error: InternalServerError) -> ResponseReturnValue:
    """Flask has logged the fault by now; the page asks nothing of the database, which may be what broke."""
    return current_app.jinja_env.get_template("errors/500.html").render(), 500


def _of_the_database(error: DBAPIError) -> ResponseReturnValue:
    read_only = getattr(error.orig, "sqlstate", None) == READ_ONLY
    if read_only or {kind.__name__ for kind in type(error).__mro__} & OUT_OF_REACH:
        return _cannot_store(error)
    raise error


def _of_the_disk(error: OSError) -> ResponseReturnValue:
    if error.errno in NO_ROOM:
        return _cannot_store(error)
    raise error


def _cannot_store(error: Exception) -> ResponseReturnValue:
    """The disk is full or read-only, or the database away: say so, and that sending again is right and safe."""
    log.error("cannot store", kind=type(error).__name__, reason=str(getattr(error, "orig", error)))
    page = current_app.jinja_env.get_template("errors/503.html").render()
    return page, 503, {"Retry-After": RETRY_SECONDS}


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    code = error.code if error.code in PAGES else 400 if error.code < 500 else 500
    here = {"above": _nearest_page(request.path)} if code == 413 else {}
    return render_template(f"errors/{code}.html", **here), error.code
