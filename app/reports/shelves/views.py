"""Pages of the shelves, what is due, and the feeds."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import public
from app.core.paging import part_of
from app.places import queries as places
from app.places.queries import NeighborhoodFacts
from app.reports import words
from app.reports.annual.forewords.rules import may_be_written
from app.reports.duties import queries as duties
from app.reports.duties import words as duty_words
from app.reports.duties.rules import NEAR_DAYS, Duty, Standing, together
from app.reports.shelves import exports, queries, rules
from app.reports.shelves.rules import About
from app.taskforces import queries as bodies

bp = Blueprint("shelves", __name__, url_prefix="/reports")
PAGE = 50
Group = tuple[tuple[Duty, ...], date]
"""Reports of one kind and subject, the oldest first, and the day it is there."""


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
    found = queries.newest(about, page=request.args.get("page", 1, type=int))
    address, site = exports.pages_of(slug, body), current_app.config["SITE_URL"]
    told = exports.atom(found, title, address=address, page=page, site=site)
    answer = Response(told, content_type="application/atom+xml; charset=utf-8")
    answer.add_etag()
    return answer.make_conditional(request)


def _due_in(around: list[NeighborhoodFacts]) -> tuple[list[Group], list[Group]]:
    """What is late, by kind and subject, and what comes next in some neighborhoods; each with the day it is there."""
    found = [(group, here) for place in around for here in (duties.here(place),) for group in _waiting(place, here)]
    found.sort(key=lambda each: each[0][0].due_on or each[1])
    late = [each for each in found if each[0][0].standing(each[1]) is Standing.OVERDUE]
    return late, [each for each in found if each not in late]


def _waiting(place: NeighborhoodFacts, here: date) -> list[tuple[Duty, ...]]:
    return together(duties.waiting(place, here), here)


def _shelf(about: About, where: NeighborhoodFacts) -> dict[str, Any]:
    here = duties.here(where)
    year = request.args.get("year", here.year, type=int)
    owed = rules.owed_by_year(duties.owed(where, here), about)
    return {
        "year": year,
        "years": sorted({*queries.years(about), *owed, here.year}, reverse=True),
        "shelves": (found := queries.shelf(about, year)),
        "is_full": sum(each.editions for kind in found.values() for each in kind) >= queries.MOST,
        "may_be_written": may_be_written(year, here),
        "owed": [(group, here) for group in together(owed.get(year, []), here)],
        **_WORDS,
    }


_WORDS = {"words": words, "duty_words": duty_words, "near_days": NEAR_DAYS}
