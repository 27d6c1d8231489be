"""The door, the table of contents, the language, and the end."""

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.core.languages import LANGUAGES
from ceremony import folders
from ceremony.folders import Kind
from ceremony.guard import enter
from ceremony.room import room, rooms

bp = Blueprint("home", __name__)
TAKEN_AWAY = (Kind.KEY, Kind.PUBLIC, Kind.QUESTION, Kind.ANSWER, Kind.COUNT_SET, Kind.RESULT)


@bp.get("/start/<word>")
def start(word: str) -> ResponseReturnValue:
    if not session.get("inside") and not enter(current_app, word):
        abort(403)
    return redirect(url_for(".index"))


@bp.get("/")
def index() -> str:
    keys = [name.removesuffix(Kind.PUBLIC) for name in folders.names(room().folder, Kind.PUBLIC)]
    return render_template("ceremony/index.html", keys=keys)


@bp.get("/file/<name>")
def file(name: str) -> Response:
    data = folders.read(room().folder, name, *TAKEN_AWAY)
    if data is None:
        abort(404)
    answer = Response(data, mimetype="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.post("/language")
def language() -> ResponseReturnValue:
    if request.form.get("language") in LANGUAGES:
        session["language"] = request.form["language"]
    return redirect(url_for(".index"))


@bp.post("/end")
def end() -> str:
    """Forget everything, and let the program end once this page has been sent."""
    rooms().end_drill()
    rooms().real.clear()
    session.clear()
    current_app.extensions["ceremony_stop"]()
    return render_template("ceremony/ended.html")
