"""The front page and the pages people expect."""

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.core.access import current_actor, public
from app.core.errors import NotFound
from app.core.languages import LANGUAGES
from app.cycles.words import RULES
from app.home import queries
from app.home.figures import example
from app.home.rules import is_own_path

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def index() -> str:
    """What is on now, what was decided, what got built."""
    return render_template("home/index.html", front=queries.front_page(current_actor()))


@bp.get("/about")
@public
def about() -> str:
    """What this place is, and what it is not."""
    return render_template("home/about.html")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    """For whom these pages work, and what to do where they do not."""
    return render_template("home/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> str:
    """What is kept about people, and what never is."""
    return render_template("home/privacy.html")


@bp.get("/how-votes-become-funding")
@public
def how_votes_become_funding() -> str:
    """Each counting rule in plain words, and an example to follow."""
    return render_template("home/how_votes_become_funding.html", rules=RULES, example=example())


@bp.get("/status")
@public
def status() -> ResponseReturnValue:
    """How the site is doing."""
    if not queries.database_answers():
        return render_template("home/status.html", answers=False), 503
    facts = {"worker": queries.worker(), "chain_break": queries.chain_break(), "version": queries.version()}
    return render_template("home/status.html", answers=True, **facts)


@bp.get("/styleguide")
@public
def styleguide() -> str:
    """Every component of the pages, for whoever builds one; only in the demo."""
    if not current_app.config["DEMO"]:
        raise NotFound
    return render_template("styleguide.html")


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """For machines that watch the site."""
    answers = queries.database_answers()
    return {"database": "ok" if answers else "unreachable", "version": queries.version()}, 200 if answers else 503


@bp.post("/language")
@public
def language() -> ResponseReturnValue:
    """Choose the language of the pages, for this visit."""
    picked = request.form.get("language", "")
    if picked in LANGUAGES:
        session["language"] = picked
    back = request.form.get("next", "")
    return redirect(back if is_own_path(back) else url_for(".index"), code=303)
