"""Pages of the shelves, what is due, and the feeds."""

from datetime import date
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import public
from app.core.paging import part_of
from app.places import queries as places
from app.places.queries import NeighborhoodFacts
from app.reports import words
from app.reports.duties import queries as duties
from app.reports.duties import words as duty_words
from app.reports.duties.rules import NEAR_DAYS, Duty, Standing, of_one_subject
from app.reports.shelves import exports, queries, rules
from app.reports.shelves.rules import About
from app.taskforces import queries as bodies

bp = Blueprint("shelves", __name__, url_prefix="/reports")
PAGE = 50


@bp.get("/due")
@public
def due() -> str:
    asked, around = request.args.get("neighborhood", ""), places.neighborhoods()
    late, coming = _due_in([place for place in around if asked in ("", place.slug)])
    page = part_of(late, number=request.args.get("page", 1, type=int), size=PAGE)
    kept = {"neighborhood": asked} if asked else {}
    return render_template(
        "reports/duties/due.html", late=page, coming=coming, asked=asked, kept=kept, around=around, **_WORDS
    )


@bp.get("/shelf/<slug>")
@public
def of_neighborhood(slug: str) -> str:
    where = places.neighborhood(slug)
    return render_template(
        "reports/shelves/show.html",
        name=where.name,
        back=url_for("places.show", slug=slug),
        place={"slug": slug},
        feed=url_for(".feed", neighborhood=slug),
        foreword_of=slug,
        **_shelf(About(neighborhood_id=where.id), where),
    )


@bp.get("/task-forces/<slug>")
@public
def of_task_force(slug: str) -> str:
    body = bodies.task_force(slug)
    return render_template(
        "reports/shelves/show.html",
        name=body.name,
        back=url_for("taskforces.show", slug=slug),
        place={"slug": slug},
        feed=url_for(".feed", task_force=slug),
        foreword_of=body.neighborhood_slug,
        **_shelf(About(task_force_id=body.id), places.neighborhood(body.neighborhood_slug)),
    )


@bp.get("/feed.atom")
@public
def feed() -> ResponseReturnValue:
    slug, body = request.args.get("neighborhood"), request.args.get("task_force")
    title, page, about = _("Reports"), url_for("reports.index"), About()
    if body:
        force = bodies.task_force(body)
        title, page = _("Reports: %(name)s", name=force.name), url_for(".of_task_force", slug=body)
        about = About(task_force_id=force.id)
    elif slug:
        where = places.neighborhood(slug)
        title, page = _("Reports: %(name)s", name=where.name), url_for(".of_neighborhood", slug=slug)
        about = About(neighborhood_id=where.id)
    site, address = current_app.config["SITE_URL"], url_for(".feed", neighborhood=slug, task_force=body)
    told = exports.atom(queries.newest(about), title, address=address, page=page, site=site)
    return told, {"Content-Type": "application/atom+xml; charset=utf-8"}


def _due_in(around: list[NeighborhoodFacts]) -> tuple[list[tuple[tuple[Duty, ...], date]], list[tuple[Duty, date]]]:
    """What is late, by kind and subject, and what comes next in some neighborhoods; each with the day it is there."""
    late, coming = [], []
    for place in around:
        here = duties.here(place)
        owed = duties.waiting(place, here)
        behind = [each for each in owed if each.standing(here) is Standing.OVERDUE]
        late += [(group, here) for group in of_one_subject(behind)]
        coming += [(each, here) for each in owed if each not in behind]
    late.sort(key=lambda found: found[0][0].due_on or found[1])
    coming.sort(key=lambda found: found[0].due_on or found[1])
    return late, coming


def _shelf(about: About, where: NeighborhoodFacts) -> dict[str, Any]:
    here = duties.here(where)
    year = request.args.get("year", here.year, type=int)
    owed = rules.owed_by_year(duties.owed(where, here), about)
    return {
        "year": year,
        "years": sorted({*queries.years(about), *owed, here.year}, reverse=True),
        "shelves": queries.shelf(about, year),
        "owed": owed.get(year, []),
        "today": here,
        **_WORDS,
    }


_WORDS = {"words": words, "duty_words": duty_words, "near_days": NEAR_DAYS}
