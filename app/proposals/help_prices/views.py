"""The clerk's list of help prices."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound
from app.places import policies
from app.places.queries import NeighborhoodFacts, neighborhood
from app.proposals.help_prices import queries, services
from app.proposals.help_prices.forms import PriceForm

bp = Blueprint("help_prices", __name__, url_prefix="/office/prices")


@bp.route("/<slug>", methods=["GET", "POST"])
@only(Role.CLERK)
def index(slug: str) -> ResponseReturnValue:
    where = _own(slug)
    form = PriceForm()
    if form.validate_on_submit():
        if form.accepted(lambda: services.add(where.id, form.command(), by=acting())) is not None:
            flash(_("The price is on the list."), "success")
            return redirect(url_for("help_prices.index", slug=slug))
    return render_template(
        "proposals/help_prices/index.html", form=form, where=where, prices=queries.of_neighborhood(where.id)
    )


@bp.route("/<slug>/<int:price_id>", methods=["GET", "POST"])
@only(Role.CLERK)
def change(slug: str, price_id: int) -> ResponseReturnValue:
    where = _own(slug)
    price = queries.price(where.id, price_id)
    form = PriceForm()
    if request.method == "GET":
        form.fill(price)
    if form.validate_on_submit():
        if form.accepted(lambda: services.change(where.id, price_id, form.command(), by=acting())) is not None:
            flash(_("Your changes are saved."), "success")
            return redirect(url_for("help_prices.index", slug=slug))
    return render_template("proposals/help_prices/change.html", form=form, where=where, price=price)


@bp.post("/<slug>/<int:price_id>/remove")
@only(Role.CLERK)
def remove(slug: str, price_id: int) -> ResponseReturnValue:
    services.remove(_own(slug).id, price_id, by=acting())
    flash(_("The price is off the list."), "success")
    return redirect(url_for("help_prices.index", slug=slug))


def _own(slug: str) -> NeighborhoodFacts:
    where = neighborhood(slug)
    if not policies.may_edit(acting(), where.id):
        raise NotFound
    return where
