"""The clerk's page of a neighborhood's holidays."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.errors import NotFound
from app.places import policies
from app.places import queries as places
from app.places.workdays import queries, services
from app.places.workdays.forms import HolidaysForm

bp = Blueprint("workdays", __name__, url_prefix="/office/neighborhoods")


@bp.route("/<slug>/holidays", methods=["GET", "POST"])
@only(Role.CLERK)
def edit(slug: str) -> ResponseReturnValue:
    where = places.neighborhood(slug)
    if not policies.may_edit(acting(), where.id):
        raise NotFound
    form = HolidaysForm()
    if not form.is_submitted():
        form.fill(queries.holidays(where.id))
    if form.validate_on_submit():
        services.set_holidays(where.id, form.command(), by=acting())
        flash(_("The holidays are written down. Time limits that begin from now on skip them."), "success")
        return redirect(url_for("office_places.show", slug=slug))
    return render_template("places/workdays/edit.html", form=form, where=where)
