"""Pages of a file of reports: send it, look at what was counted, and take the figures."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core.access import Role, acting, only
from app.core.clock import today
from app.core.uploads import takes_file
from app.places import queries as places
from app.places.queries import NeighborhoodFacts
from app.taskforces.indicators.requests import queries, services, words
from app.taskforces.indicators.requests.forms import FileForm, TakeForm
from app.taskforces.indicators.requests.rules import MOST_BYTES, Wrong
from app.taskforces.indicators.requests.services import Found, WrongRows
from app.taskforces.indicators.services import ensure_clerk

bp = Blueprint("requests_files", __name__, url_prefix="/indicators/in/<slug>/file")
SHOWN = 100
"""How many wrong reports a page lists."""


@bp.route("/", methods=["GET", "POST"])
@only(Role.CLERK)
@takes_file(MOST_BYTES)
def send(slug: str) -> ResponseReturnValue:
    where, form = _own(slug), FileForm()
    form.offer(queries.lengths(where.id), today(where.time_zone))
    wrong: Sequence[Wrong] = ()
    if form.validate_on_submit():
        try:
            command = form.command()
            found = form.accepted(lambda: services.look(where.id, command, by=acting()))
        except WrongRows as refusal:
            found, wrong = None, refusal.rows
            form.file.errors = [refusal.message]
        if found is not None:
            return _looked_at(where, found, TakeForm(formdata=None, found=services.sealed(found, acting())))
    return render_template(
        "taskforces/indicators/requests/send.html",
        where=where,
        form=form,
        wrong=[(each, words.of_row(each.faults)) for each in wrong[:SHOWN]],
        total=len(wrong),
        files=queries.files(where.id),
    )


@bp.post("/take")
@only(Role.CLERK)
def take(slug: str) -> ResponseReturnValue:
    where, form = _own(slug), TakeForm()
    found = services.unsealed(form.found.data or "", where.id, acting())
    if found is None:
        flash(_("It is too long ago that you looked at these figures. Send the file again."), "error")
        return redirect(url_for(".send", slug=slug))
    if form.validate_on_submit():
        key, note = form.once.data or "", form.note.data or ""
        if form.accepted(lambda: services.take(found, note, key=key, by=acting())) is not None:
            flash(_("The figures are taken. The file was not kept."), "success")
            return redirect(url_for("indicators.of_neighborhood", slug=slug))
    return _looked_at(where, found, form)


def _looked_at(where: NeighborhoodFacts, found: Found, form: TakeForm) -> str:
    takers = {each.card.indicator_id: each for each in queries.takers(where.id, found.period)}
    rows = [(takers[each.indicator_id], each.measured) for each in found.figures if each.indicator_id in takers]
    return render_template("taskforces/indicators/requests/look.html", where=where, found=found, form=form, rows=rows)


def _own(slug: str) -> NeighborhoodFacts:
    where = places.neighborhood(slug)
    ensure_clerk(acting(), where.id)
    return where
