"""The catalog for people and for machines, what the fields mean, and the files that are made here."""

from collections.abc import Iterator
from datetime import timedelta

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask_babel import force_locale

from app.core.access import public
from app.core.errors import NotFound
from app.core.limits import count_try
from app.core.paging import part_of
from app.opendata import exports, queries
from app.opendata.budget.exports import budget_csv, package_json
from app.opendata.delivery.exports import delivery_csv
from app.opendata.feeds.exports import setbacks_atom, updates_atom
from app.opendata.governance.exports import governance_json
from app.opendata.indicators.exports import indicators_csv
from app.opendata.ledgers.exports import ledgers_csv
from app.opendata.linked import exports as linked
from app.opendata.milestones.exports import milestones_csv
from app.opendata.places.exports import projects_geojson
from app.opendata.rules import LICENSES, Name
from app.opendata.words import DATASETS

bp = Blueprint("opendata", __name__, url_prefix="/open")
SHOWN = 50
"""Files on a page of a data set."""
for about in (
    *(linked.neighborhood, linked.task_force, linked.project, linked.proposal, linked.meeting, linked.question),
    *(linked.result, linked.edition, linked.library, linked.dataset, linked.catalog),
):
    bp.add_app_template_filter(about, f"linked_{about.__name__}")
FEEDS = {"updates.atom": updates_atom, "setbacks.atom": setbacks_atom}


@bp.get("/")
@public
def index() -> str:
    word = queries.license_()
    return render_template("opendata/index.html", datasets=DATASETS.values(), license=word, terms=LICENSES[word])


@bp.get("/data/<name>")
@public
def show(name: str) -> str:
    _count()
    if name not in list(Name):
        raise NotFound
    found = Name(name)
    files = part_of(list(queries.files_of(found)), number=request.args.get("page", 1, type=int), size=SHOWN)
    word = queries.license_()
    return render_template(
        "opendata/show.html", dataset=DATASETS[found], files=files, license=word, terms=LICENSES[word]
    )


@bp.get("/catalog.json")
@public
def catalog() -> Response:
    _count()
    with force_locale("en"):
        return _sent(exports.catalog_json(), "application/ld+json")


@bp.get("/projects/oc4ids.json")
@public
def oc4ids() -> Response:
    _count()
    return _sent(queries.oc4ids(), queries.JSON)


@bp.get("/projects.geojson")
@public
def places() -> Response:
    _count()
    return _sent(projects_geojson(), queries.GEOJSON)


@bp.get("/budget/datapackage.json")
@public
def package() -> Response:
    _count()
    with force_locale("en"):
        return _sent(package_json(queries.license_()), queries.JSON)


@bp.get("/budget/budget.csv")
@public
def budget() -> Response:
    _count()
    return _sent(budget_csv(), queries.CSV)


@bp.get("/ledger.csv")
@public
def ledgers() -> Response:
    _count()
    return _sent(ledgers_csv(), queries.CSV)


@bp.get("/milestones.csv")
@public
def milestones() -> Response:
    _count()
    return _sent(milestones_csv(), queries.CSV)


@bp.get("/delivery.csv")
@public
def delivery() -> Response:
    _count()
    return _sent(delivery_csv(), queries.CSV)


@bp.get("/indicators.csv")
@public
def indicators() -> Response:
    _count()
    return _sent(indicators_csv(), queries.CSV)


@bp.get("/governance.json")
@public
def governance() -> Response:
    _count()
    return _sent(governance_json(), queries.JSON)


@bp.get("/<any('updates.atom', 'setbacks.atom'):name>")
@public
def feed(name: str) -> Response:
    _count()
    return _sent(FEEDS[name](), queries.ATOM)


def _count() -> None:
    """One limit for all of it, as other files have it: each download reads much."""
    count_try("open-file", request.remote_addr or "", limit=120, window=timedelta(hours=1))


def _sent(content: str | bytes | Iterator[str], media_type: str) -> Response:
    """A public file: pages elsewhere may read it, too."""
    body = content if isinstance(content, str | bytes) else stream_with_context(content)
    answer = Response(body, mimetype=media_type)
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
