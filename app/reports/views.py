"""Pages of reports: the list, each edition as a page and as a PDF, publishing, and checking a printed code."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import files
from app.core.access import Role, acting, current_actor, only, public
from app.core.errors import NotFound
from app.core.languages import LANGUAGES
from app.cycles import queries as cycles
from app.reports import pages, policies, queries, services
from app.reports.forms import HashForm, PublishForm

bp = Blueprint("reports", __name__, url_prefix="/reports")


@bp.get("/")
@public
def index() -> str:
    found = queries.editions(page=request.args.get("page", 1, type=int))
    return render_template("reports/index.html", editions=found)


@bp.get("/<int:edition_id>")
@public
def show(edition_id: int) -> str:
    edition = queries.detail(edition_id)
    return render_template("reports/show.html", newest=edition.newest, **pages.facts(edition))


@bp.get("/<int:edition_id>.pdf")
@public
def download(edition_id: int) -> ResponseReturnValue:
    edition = queries.detail(edition_id).row
    if edition.file_hash is None:
        raise NotFound
    content = BytesIO(files.load(edition.file_hash))
    return send_file(content, mimetype="application/pdf", download_name=f"{edition.code}-{edition.language}.pdf")


@bp.get("/<int:edition_id>.json")
@public
def data(edition_id: int) -> ResponseReturnValue:
    return queries.snapshot_text(edition_id), {"Content-Type": "application/json"}


@bp.get("/check")
@public
def check() -> str:
    form = HashForm(request.args)
    asked = "hash" in request.args and form.validate()
    found = queries.by_hash(form.hash.data) if asked else []
    return render_template("reports/check.html", form=form, asked=asked, found=found)


@bp.route("/publish/<int:cycle_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def publish(cycle_id: int) -> ResponseReturnValue:
    cycle = cycles.facts(cycle_id)
    form = PublishForm().offer(LANGUAGES)
    if form.validate_on_submit():
        edition = services.publish_results(cycle_id, language=form.language.data, by=acting())
        flash(_("The figures are frozen. The PDF is being made and will be here in a moment."))
        return redirect(url_for(".show", edition_id=edition.id))
    allowed = policies.may_publish(current_actor(), cycle.neighborhood_id)
    editions = queries.of_cycle(cycle_id)
    return render_template("reports/publish.html", cycle=cycle, form=form, allowed=allowed, editions=editions)
