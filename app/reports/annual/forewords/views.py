"""The page of a year's foreword: everybody reads the one that stands, co-chairs write and agree."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import acting, current_actor, public, signed_in
from app.core.clock import today
from app.core.errors import NotFound
from app.places import queries as places
from app.places.queries import NeighborhoodFacts
from app.reports.annual.forewords import policies, queries, services
from app.reports.annual.forewords.forms import ForewordForm
from app.reports.annual.forewords.rules import may_be_written, words_in
from app.taskforces.seats.words import SIDES

bp = Blueprint("forewords", __name__, url_prefix="/reports/forewords")


@bp.get("/<slug>/<int:year>")
@public
def show(slug: str, year: int) -> str:
    return _page(places.neighborhood(slug), year, None)


@bp.post("/<slug>/<int:year>")
@signed_in
def write(slug: str, year: int) -> ResponseReturnValue:
    place, form = places.neighborhood(slug), ForewordForm()
    if form.validate_on_submit() and form.accepted(lambda: services.write(place.id, form.command(year), by=acting())):
        flash(_("It is written. It is printed once a co-chair of the other side agrees."), "success")
        return redirect(url_for(".show", slug=slug, year=year))
    return _page(place, year, form)


@bp.post("/<slug>/<int:year>/<int:foreword_id>/agree")
@signed_in
def agree(slug: str, year: int, foreword_id: int) -> ResponseReturnValue:
    services.agree(foreword_id, by=acting())
    flash(_("Thank you. The next edition of the budget report prints it."), "success")
    return redirect(url_for(".show", slug=slug, year=year))


def _page(place: NeighborhoodFacts, year: int, form: ForewordForm | None) -> str:
    found, here = queries.of_year(place.id, year), today(place.time_zone)
    if not may_be_written(year, here) and found.newest is None:
        raise NotFound
    side = policies.side_of(current_actor(), queries.chairs(place.id, here))
    waiting = found.newest if side is not None and found.newest and not found.newest.stands else None
    written = form or ForewordForm(text=found.newest.text if found.newest else None)
    return render_template(
        "reports/annual/forewords/show.html",
        place=place,
        year=year,
        standing=found.standing,
        waiting=waiting,
        side=side,
        form=written,
        count=words_in(found.newest.text) if found.newest else 0,
        sides=SIDES,
    )
